from django.urls import path

from hjulet.monitoring.self_monitoring import views

app_name = "self_monitoring"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.plan, name="plan"),
    path("tillfallen/", views.occurrences, name="occurrences"),
    path("tillfallen/<int:pk>/", views.occurrence, name="occurrence"),
    path("tillfallen/<int:pk>/resultat/", views.record, name="record"),
    path("tillfallen/<int:pk>/ratta/", views.correct, name="correct"),
    path("tillfallen/<int:pk>/inte-aktuell/", views.set_aside, name="set_aside"),
    path("tillfallen/<int:pk>/aktuell-igen/", views.restore, name="restore"),
    path("tillfallen/<int:pk>/atgard/", views.plan_action, name="plan_action"),
    path("andra-flera/", views.change_many, name="change_many"),
    path("las-in/", views.read_in, name="read_in"),
    path("tillfallen/inte-aktuella/", views.set_aside_many, name="set_aside_many"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/stoppa/", views.stop, name="stop"),
]
