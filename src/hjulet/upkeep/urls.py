from django.urls import path

from hjulet.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("halsa/lever/", views.alive, name="alive"),
    path("halsa/redo/", views.ready, name="ready"),
    path("matt/", views.figures, name="figures"),
]
