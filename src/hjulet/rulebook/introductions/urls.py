from django.urls import path

from hjulet.rulebook.introductions import views

app_name = "introductions"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.plan, name="plan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/fil.<str:format>", views.file, name="file"),
    path("<int:pk>/handledare/", views.change, name="change"),
    path("<int:pk>/borja/", views.begin, name="begin"),
    path("<int:pk>/klar/", views.finish, name="finish"),
    path("<int:pk>/oppna-igen/", views.reopen, name="reopen"),
    path("<int:pk>/avbryt/", views.cancel, name="cancel"),
    path("punkter/<int:pk>/<str:part>/signera/", views.sign, name="sign"),
    path("punkter/<int:pk>/<str:part>/angra/", views.undo, name="undo"),
]
