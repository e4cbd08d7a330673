from django.urls import path

from hjulet.rulebook.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="list"),
    path("nytt/", views.start, name="start"),
    path("version/<int:pk>/", views.version_by_key, name="version_by_key"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/gallde/", views.on_day, name="on_day"),
    path("<int:pk>/jamfor/", views.compare, name="compare"),
    path("<int:pk>/skylt/", views.poster, name="poster"),
    path("<int:pk>/historik/", views.history, name="history"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/galler-for/", views.scope, name="scope"),
    path("<int:pk>/oversyn/", views.confirm, name="confirm"),
    path("<int:pk>/ny-version/", views.revise, name="revise"),
    path("<int:pk>/version/<int:number>/", views.version, name="version"),
    path("<int:pk>/version/<int:number>/skriv/", views.write, name="write"),
    path("<int:pk>/version/<int:number>/lagg-in-fil/", views.upload, name="upload"),
    path("<int:pk>/version/<int:number>/ta-bort-fil/", views.remove_file, name="remove_file"),
    path("<int:pk>/version/<int:number>/original/", views.original, name="original"),
    path("<int:pk>/version/<int:number>/fil/<slug:format>/", views.file, name="file"),
    path("<int:pk>/version/<int:number>/skicka/", views.send, name="send"),
    path("<int:pk>/version/<int:number>/skicka-tillbaka/", views.send_back, name="send_back"),
    path("<int:pk>/version/<int:number>/slopa/", views.discard, name="discard"),
    path("<int:pk>/version/<int:number>/besluta/", views.decide, name="decide"),
    path("<int:pk>/version/<int:number>/upphav/", views.withdraw, name="withdraw"),
]
