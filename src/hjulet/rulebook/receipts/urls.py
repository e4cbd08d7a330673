from django.urls import path

from hjulet.rulebook.receipts import views

app_name = "receipts"
urlpatterns = [
    path("", views.to_read, name="to_read"),
    path("lasta/", views.confirm_several, name="confirm_several"),
    path("lasta-dokument/", views.index, name="list"),
    path("versioner/<int:pk>/", views.panel, name="panel"),
    path("versioner/<int:pk>/last/", views.confirm, name="confirm"),
    path("versioner/<int:pk>/be-om-lasning/", views.ask, name="ask"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ta-tillbaka/", views.withdraw, name="withdraw"),
]
