from django.urls import path

from hjulet.organisation.roles import views

app_name = "roles"
urlpatterns = [
    path("", views.index, name="list"),
    path("ge/", views.assign, name="assign"),
    path("ge/<int:unit>/", views.assign, name="assign_in"),
    path("ge-flera/", views.assign_many, name="assign_many"),
    path("avsluta-flera/", views.end_many, name="end_many"),
    path("<int:pk>/avsluta/", views.end, name="end"),
]
