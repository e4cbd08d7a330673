from django.urls import path

from hjulet.planning.participation import views

app_name = "participation"
urlpatterns = [
    path("", views.index, name="list"),
    path("nytt/", views.note, name="note"),
    path("kom-fram/", views.outcomes, name="outcomes"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/deltagare/", views.count_participants, name="count_participants"),
    path("<int:pk>/kom-fram/", views.note_outcome, name="note_outcome"),
    path("kom-fram/<int:pk>/", views.outcome, name="outcome"),
    path("kom-fram/<int:pk>/andra/", views.change_outcome, name="change_outcome"),
    path("kom-fram/<int:pk>/atgard/", views.plan_action, name="plan_action"),
    path("kom-fram/<int:pk>/koppla-atgard/", views.answer_with_action, name="answer_with_action"),
    path("kom-fram/<int:pk>/risk/<int:analysis_pk>/", views.identify_risk, name="identify_risk"),
    path("kom-fram/<int:pk>/utan-atgard/", views.answer, name="answer"),
    path("kom-fram/<int:pk>/oppna-igen/", views.reopen, name="reopen"),
]
