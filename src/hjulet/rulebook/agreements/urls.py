from django.urls import path

from hjulet.rulebook.agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.index, name="list"),
    path("nytt/", views.draft, name="draft"),
    path("andra-flera/", views.change_many, name="change_many"),
    path("las-in/", views.read_in, name="read_in"),
    path("lagkrav/<int:pk>/", views.mandatory, name="mandatory"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/fil/<slug:format>/", views.file, name="file"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/satt-i-kraft/", views.put_in_force, name="put_in_force"),
    path("<int:pk>/nytt-avtal/", views.renew, name="renew"),
    path("<int:pk>/sag-upp/", views.terminate, name="terminate"),
    path("<int:pk>/ersatt/", views.replace, name="replace"),
    path("<int:pk>/avsluta/", views.end, name="end"),
    path("<int:pk>/lat-galla-igen/", views.reinstate, name="reinstate"),
    path("<int:pk>/parter/ny/", views.add_party, name="add_party"),
    path("parter/<int:pk>/andra/", views.change_party, name="change_party"),
    path("parter/<int:pk>/ta-bort/", views.take_out_party, name="take_out_party"),
    path("<int:pk>/krav/nytt/", views.add_requirement, name="add_requirement"),
    path("krav/<int:pk>/andra/", views.change_requirement, name="change_requirement"),
    path("krav/<int:pk>/ta-bort/", views.take_out_requirement, name="take_out_requirement"),
]
