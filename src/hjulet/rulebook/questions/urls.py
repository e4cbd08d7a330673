from django.urls import path

from hjulet.rulebook.questions import views

app_name = "questions"
urlpatterns = [
    path("", views.index, name="list"),
    path("om/<int:pk>/", views.panel, name="panel"),
    path("om/<int:pk>/fraga/", views.ask, name="ask"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/svara/", views.answer, name="answer"),
]
