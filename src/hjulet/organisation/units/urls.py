from django.urls import path

from hjulet.organisation.units import views

app_name = "units"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("ny/", views.establish, name="establish"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
]
