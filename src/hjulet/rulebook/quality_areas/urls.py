from django.urls import path

from hjulet.rulebook.quality_areas import views

app_name = "quality_areas"
urlpatterns = [path("", views.index, name="list")]
