from django.urls import path

from hjulet.reporting.year_wheel import views

app_name = "year_wheel"
urlpatterns = [
    path("", views.index, name="index"),
    path("fil/<slug:format>/", views.file, name="file"),
]
