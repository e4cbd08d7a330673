from django.urls import path

from hjulet.organisation.sign_on import views

app_name = "sign_on"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.add, name="add"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/ta-bort/", views.remove, name="remove"),
]
