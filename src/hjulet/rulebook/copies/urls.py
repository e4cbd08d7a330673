from django.urls import path

from hjulet.rulebook.copies import views

app_name = "copies"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/behall/", views.keep, name="keep"),
]
