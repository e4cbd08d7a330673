from django.urls import path

from hjulet.base.forms import views as forms
from hjulet.base.gallery import views

app_name = "base"
urlpatterns = [
    path("komponenter/", views.gallery, name="gallery"),
    path("forhandsgranska/", forms.preview, name="preview"),
]
