from django.urls import path

from hjulet.organisation.responsibilities import views

app_name = "responsibilities"
urlpatterns = [
    path("", views.index, name="index"),
    path("dokument/<slug:format>/", views.file, name="file"),
    path("karta/", views.show_map, name="map"),
    path("karta/<slug:format>/", views.map_file, name="map_file"),
    path("omraden/", views.responsibilities, name="list"),
    path("omraden/ny/", views.make_responsible, name="make_responsible"),
    path("omraden/namnd/<int:pk>/", views.answer_for, name="answer_for"),
    path("omraden/<int:pk>/", views.responsibility, name="responsibility"),
    path("omraden/<int:pk>/andra/", views.change, name="change"),
    path("omraden/<int:pk>/avsluta/", views.end, name="end"),
]
