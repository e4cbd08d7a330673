from django.urls import path

from hjulet.collaboration.notices import views

app_name = "notices"
urlpatterns = [
    path("notiser/", views.index, name="list"),
    path("notiser/lasta/", views.mark_all_read, name="mark_all_read"),
    path("notiser/<int:pk>/oppna/", views.open_notice, name="open"),
    path("notiser/<int:pk>/last/", views.mark_read, name="mark_read"),
    path("notiser/mejl-som-inte-kommer-fram/", views.undelivered, name="undelivered"),
    path("notiser/om/<str:kind>/<int:pk>/", views.panel, name="panel"),
    path("konto/notiser/", views.choose_mail, name="choose_mail"),
]
