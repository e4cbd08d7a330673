from django.urls import path

from hjulet.planning.risk_analyses import views

app_name = "risk_analyses"
urlpatterns = [
    path("", views.index, name="list"),
    path("riskbild/", views.matrix, name="matrix"),
    path("ny/", views.start, name="start"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/nasta-ar/", views.start_next, name="start_next"),
    path("<int:pk>/klar/", views.conclude, name="conclude"),
    path("<int:pk>/oppna-igen/", views.reopen, name="reopen"),
]
