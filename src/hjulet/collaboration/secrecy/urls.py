from django.urls import path

from hjulet.collaboration.secrecy import views

app_name = "secrecy"
urlpatterns = [
    path("", views.index, name="list"),
    path("markera/<str:kind>/<int:pk>/", views.mark, name="mark"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/hav/", views.lift, name="lift"),
    path("<int:pk>/oppna/", views.open_with_reason, name="open"),
]
