from django.urls import path

from hjulet.search import views

app_name = "search"
urlpatterns = [path("", views.index, name="index"), path("rutin/", views.find, name="find")]
