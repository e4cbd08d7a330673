from django.urls import path

from hjulet.reporting.gaps import views

app_name = "gaps"
urlpatterns = [path("", views.index, name="list"), path("antal/", views.count, name="count")]
