from django.urls import path

from hjulet.reporting.compliance import views

app_name = "compliance"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/dokument/<str:format>/", views.file, name="file"),
    path("<int:pk>/arkiv/", views.archive, name="archive"),
    path("<int:pk>/krav/<int:provision>/", views.requirement, name="requirement"),
    path("<int:pk>/krav/<int:provision>/bedom/", views.judge, name="judge"),
]
