from django.urls import path

from hjulet.organisation.reorganisations import views

app_name = "reorganisations"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.choose, name="choose"),
    path("ny/<slug:kind>/", views.draft, name="draft"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/fordela/<slug:key>/", views.sort, name="sort"),
    path("<int:pk>/planera/", views.plan, name="plan"),
    path("<int:pk>/ta-tillbaka/", views.take_back, name="take_back"),
    path("<int:pk>/genomfor/", views.carry_out, name="carry_out"),
    path("<int:pk>/aterkalla/", views.cancel, name="cancel"),
]
