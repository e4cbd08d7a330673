from django.urls import path

from hjulet.organisation.importing import views

app_name = "organisation_file"
urlpatterns = [
    path("", views.read_in, name="read_in"),
    path("mall/", views.template, name="template"),
]
