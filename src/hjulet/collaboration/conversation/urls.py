from django.urls import path

from hjulet.collaboration.conversation import views

app_name = "conversation"
urlpatterns = [path("<str:kind>/<int:pk>/", views.panel, name="panel")]
