from django.urls import path

from hjulet.actions import views

app_name = "actions"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.plan, name="plan"),
    path("andra-flera/", views.change_many, name="change_many"),
    path("las-in/", views.read_in, name="read_in"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/lage/", views.note_progress, name="note_progress"),
    path("<int:pk>/paborja/", views.start, name="start"),
    path("<int:pk>/hinder/", views.hinder, name="hinder"),
    path("<int:pk>/ateruppta/", views.resume, name="resume"),
    path("<int:pk>/genomford/", views.complete, name="complete"),
    path("<int:pk>/oppna-igen/", views.reopen, name="reopen"),
    path("<int:pk>/effekt/", views.check_effect, name="check_effect"),
    path("<int:pk>/avsluta/", views.close, name="close"),
    path("<int:pk>/utga/", views.cancel, name="cancel"),
]
