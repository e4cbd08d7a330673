from django.urls import path

from hjulet.rulebook.exchange import views

app_name = "exchange"
urlpatterns = [
    path("las-in/", views.read_in, name="read_in"),
    path("las-in/mall/", views.template, name="template"),
    path("ta-ut/", views.take_out, name="take_out"),
]
