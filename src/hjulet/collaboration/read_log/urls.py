from django.urls import path

from hjulet.collaboration.read_log import views

app_name = "read_log"
urlpatterns = [
    path("", views.index, name="list"),
    path("mina/", views.mine, name="mine"),
    path("utdrag/", views.extract, name="extract"),
]
