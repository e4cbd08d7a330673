from django.urls import path

from hjulet.monitoring.agreement_follow_ups import views

app_name = "agreement_follow_ups"
urlpatterns = [
    path("<int:pk>/", views.detail, name="detail"),
    path("avtal/<int:pk>/", views.for_agreement, name="for_agreement"),
    path("avtal/<int:pk>/ny/", views.record, name="record"),
    path("bedomningar/<int:pk>/atgard/", views.plan_action, name="plan_action"),
]
