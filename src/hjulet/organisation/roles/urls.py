from django.urls import path

from hjulet.organisation.roles import views

app_name = "roles"
urlpatterns = [
    path("", views.index, name="list"),
    path("ge/", views.assign, name="assign"),
    path("<int:pk>/avsluta/", views.end, name="end"),
]
