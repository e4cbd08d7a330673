from django.urls import path

from hjulet.planning.risk_matrix import views

app_name = "risk_matrix"
urlpatterns = [
    path("", views.index, name="list"),
    path("nytt-utkast/", views.draft, name="draft"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.set_up, name="set_up"),
    path("<int:pk>/satt-i-kraft/", views.put_in_force, name="put_in_force"),
]
