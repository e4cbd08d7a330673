from django.urls import path

from hjulet.rulebook.introduction_templates import views

app_name = "introduction_templates"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.start, name="start"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/avsluta/", views.close, name="close"),
    path("<int:pk>/ny-punkt/", views.add_point, name="add_point"),
    path("punkter/<int:pk>/", views.change_point, name="change_point"),
    path("punkter/<int:pk>/ta-bort/", views.remove_point, name="remove_point"),
]
