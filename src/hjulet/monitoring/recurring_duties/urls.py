from django.urls import path

from hjulet.monitoring.recurring_duties import views

app_name = "recurring_duties"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.plan, name="plan"),
    path("fran-mallar/", views.plan_from_templates, name="plan_from_templates"),
    path("tillfallen/", views.occurrences, name="occurrences"),
    path("tillfallen/<int:pk>/", views.occurrence, name="occurrence"),
    path("tillfallen/<int:pk>/gjord/", views.finish, name="finish"),
    path("tillfallen/<int:pk>/oppna-igen/", views.reopen, name="reopen"),
    path("tillfallen/<int:pk>/inte-aktuell/", views.set_aside, name="set_aside"),
    path("tillfallen/<int:pk>/aktuell-igen/", views.restore, name="restore"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/stoppa/", views.stop, name="stop"),
]
