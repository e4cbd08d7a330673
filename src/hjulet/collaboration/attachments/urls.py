from django.urls import path

from hjulet.collaboration.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<str:kind>/<int:pk>/ny/", views.add, name="add"),
    path("<int:pk>/", views.download, name="download"),
    path("<int:pk>/ta-tillbaka/", views.withdraw, name="withdraw"),
]
