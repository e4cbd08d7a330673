from django.urls import path

from hjulet.planning.competence import views

app_name = "competence"
urlpatterns = [
    path("", views.index, name="list"),
    path("karta/", views.competence_map, name="map"),
    path("ny/", views.map_need, name="map_need"),
    path("las-in/", views.read_in, name="read_in"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/plan/", views.change, name="change"),
    path("<int:pk>/rakna/", views.count, name="count"),
    path("<int:pk>/ta-bort/", views.end, name="end"),
    path("<int:pk>/atgard/", views.plan_action, name="plan_action"),
    path("<int:pk>/risk/<int:analysis_pk>/", views.identify_risk, name="identify_risk"),
]
