from django.urls import path

from hjulet.organisation.decisions import views

app_name = "decisions"
urlpatterns = [path("", views.index, name="list")]
