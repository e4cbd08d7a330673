from django.urls import path

from hjulet.planning.quality_plan import views

app_name = "quality_plan"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.start, name="start"),
    path("las-in/", views.read_in, name="import"),
    path("las-in/mall/", views.template, name="template"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/historik/", views.history, name="history"),
    path("<int:pk>/text/<slug:key>/", views.write_text, name="text"),
    path("<int:pk>/dokument/<slug:format>/", views.file, name="file"),
    path("<int:pk>/remiss/", views.refer, name="refer"),
    path("<int:pk>/foresla/", views.propose, name="propose"),
    path("<int:pk>/ta-tillbaka/", views.send_back, name="send_back"),
    path("<int:pk>/anta/", views.adopt, name="adopt"),
    path("<int:pk>/folj-upp/", views.start_follow_up, name="start_follow_up"),
    path("<int:pk>/avsluta/", views.close, name="close"),
    path("<int:pk>/ny-version/", views.revise, name="revise"),
]
