from django.urls import path

from hjulet.reporting.wheel import views

app_name = "wheel"
urlpatterns = [path("", views.start, name="start")]
