from django.urls import path

from hjulet.collaboration.clock import views

app_name = "clock"
urlpatterns = [path("", views.index, name="index")]
