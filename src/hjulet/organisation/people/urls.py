from django.urls import path

from hjulet.organisation.people import views

app_name = "people"
urlpatterns = [
    path("", views.index, name="list"),
    path("mitt-konto/", views.account, name="account"),
    path("mitt-konto/stanna/", views.stay, name="stay"),
    path("mitt-konto/sprak/", views.choose_language, name="choose_language"),
    path("ny/", views.add, name="add"),
    path("las-in/", views.read_in, name="read_in"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/engangslosenord/", views.give_password, name="give_password"),
    path("<int:pk>/andra-steget/", views.remove_second_step, name="remove_second_step"),
    path("<int:pk>/koppla-loss/", views.unlink_login, name="unlink_login"),
    path("<int:pk>/stang/", views.stop_login, name="stop_login"),
    path("<int:pk>/oppna/", views.allow_login, name="allow_login"),
]
