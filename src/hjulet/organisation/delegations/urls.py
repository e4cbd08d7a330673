from django.urls import path

from hjulet.organisation.delegations import views

app_name = "delegations"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.propose, name="propose"),
    path("namnd/<int:pk>/anta/", views.adopt, name="adopt"),
    path("namnd/<int:pk>/far-inte-delegeras/", views.add_not_delegable, name="add_not_delegable"),
    path("beslut/", views.decisions, name="decisions"),
    path("beslut/nytt/", views.decide, name="decide"),
    path("beslut/anmal/", views.report_many, name="report_many"),
    path("beslut/<int:pk>/", views.decision, name="decision"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/foresla-andring/", views.replace, name="replace"),
    path("<int:pk>/dra-tillbaka/", views.withdraw, name="withdraw"),
    path("<int:pk>/avsluta/", views.end, name="end"),
]
