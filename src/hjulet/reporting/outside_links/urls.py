from django.urls import path

from hjulet.reporting.outside_links import views

app_name = "outside_links"
urlpatterns = [path("", views.index, name="list")]
