from django.urls import path

from hjulet.planning.goals import views

app_name = "goals"
urlpatterns = [
    path("", views.index, name="list"),
    path("tabell/", views.table, name="table"),
    path("nytt/", views.set_goal, name="set"),
    path("andra-flera/", views.change_many, name="change_many"),
    path("las-in/", views.read_in, name="read_in"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/bryt-ner/", views.break_down, name="break_down"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/upphav/", views.withdraw, name="withdraw"),
    path("<int:pk>/nyckeltal/", views.choose_indicator, name="choose_indicator"),
    path("<int:pk>/nyckeltal/<int:indicator_pk>/ta-bort/", views.remove_indicator, name="remove_indicator"),
    path("for-nyckeltal/<int:pk>/", views.for_indicator, name="for_indicator"),
]
