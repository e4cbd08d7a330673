from django.urls import path

from hjulet.planning.origins import views

app_name = "origins"
urlpatterns = [
    path("atgard/<int:pk>/", views.for_action, name="for_action"),
    path("risk/<int:pk>/", views.for_risk, name="for_risk"),
]
