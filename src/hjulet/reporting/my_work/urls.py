from django.urls import path

from hjulet.reporting.my_work import views

app_name = "my_work"
urlpatterns = [path("", views.index, name="list")]
