from django.urls import path

from hjulet.rulebook.laws import views

app_name = "laws"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.add, name="add"),
    path("las-in/", views.read_in, name="read_in"),
    path("att-kontrollera/", views.unverified, name="unverified"),
    path("genomgangar/", views.reviews, name="reviews"),
    path("genomgangar/<int:pk>/", views.review, name="review"),
    path("genomgangar/<int:pk>/gjord/", views.finish_review, name="finish"),
    path("genomgangar/<int:pk>/oppna-igen/", views.reopen_review, name="reopen"),
    path("bestammelser/<int:pk>/", views.provision, name="provision"),
    path("bestammelser/<int:pk>/andra/", views.change_provision, name="change_provision"),
    path("bestammelser/<int:pk>/galler-inte-langre/", views.supersede_provision, name="supersede_provision"),
    path("bestammelser/<int:pk>/styr/", views.for_provision, name="for_provision"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/ga-igenom/", views.check, name="check"),
    path("<int:pk>/galler-inte-langre/", views.supersede, name="supersede"),
    path("<int:pk>/ny-bestammelse/", views.add_provision, name="add_provision"),
    path("<int:pk>/styr/", views.for_law, name="for_law"),
]
