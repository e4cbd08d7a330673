from django.urls import path

from hjulet.collaboration.saved_views import views

app_name = "saved_views"
urlpatterns = [
    path("", views.index, name="list"),
    path("spara/", views.save, name="save"),
    path("<int:pk>/ta-bort/", views.remove, name="remove"),
]
