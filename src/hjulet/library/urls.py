from django.urls import path

from hjulet.library import views

app_name = "library"
urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:name>/installera/", views.install, name="install"),
    path("<slug:name>/<slug:part>/", views.part, name="part"),
]
