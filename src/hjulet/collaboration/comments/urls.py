from django.urls import path

from hjulet.collaboration.comments import views

app_name = "comments"
urlpatterns = [
    path("<str:kind>/<int:pk>/ny/", views.add, name="add"),
    path("<int:pk>/ta-tillbaka/", views.withdraw, name="withdraw"),
]
