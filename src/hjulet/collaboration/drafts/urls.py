from django.urls import path

from hjulet.collaboration.drafts import views

app_name = "drafts"
urlpatterns = [
    path("spara/", views.keep, name="keep"),
    path("kasta/", views.throw_away, name="throw_away"),
]
