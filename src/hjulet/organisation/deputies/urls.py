from django.urls import path

from hjulet.organisation.deputies import views

app_name = "deputies"
urlpatterns = [
    path("for-roll/<int:pk>/", views.give, name="give"),
    path("<int:pk>/avsluta/", views.end, name="end"),
]
