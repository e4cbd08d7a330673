from django.urls import path

from hjulet.rulebook.links import views

app_name = "rule_links"
urlpatterns = [
    path("av/<str:kind>/<int:pk>/", views.governing, name="governing"),
    path("av/<str:kind>/<int:pk>/ny/", views.add, name="add"),
    path("med/<str:rule>/<int:pk>/", views.governed, name="governed"),
    path("<int:pk>/ta-bort/", views.withdraw, name="withdraw"),
]
