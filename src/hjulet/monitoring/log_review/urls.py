from django.urls import path

from hjulet.monitoring.log_review import views

app_name = "log_review"
urlpatterns = [
    path("", views.index, name="list"),
    path("planera/", views.plan, name="plan"),
    path("planer/<int:pk>/andra/", views.change_plan, name="change_plan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/dra/", views.draw, name="draw"),
    path("<int:pk>/lasningar/<int:sampled>/", views.judge, name="judge"),
    path("<int:pk>/underteckna/", views.sign, name="sign"),
    path("<int:pk>/atgard/", views.plan_action, name="plan_action"),
]
