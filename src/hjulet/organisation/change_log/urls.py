from django.urls import path

from hjulet.organisation.change_log import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:number>/", views.detail, name="detail"),
]
