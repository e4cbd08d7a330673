from django.urls import path

from hjulet.reporting.calendar_feed import views

app_name = "calendar_feed"
urlpatterns = [
    path("", views.index, name="index"),
    path("ny/", views.make, name="make"),
    path("dra-tillbaka/", views.withdraw, name="withdraw"),
    path("<slug:token>.ics", views.feed, name="feed"),
]
