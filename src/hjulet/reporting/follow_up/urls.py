from django.urls import path

from hjulet.reporting.follow_up import views

app_name = "follow_up"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.start, name="start"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/rader/<slug:key>/", views.rows, name="rows"),
    path("<int:pk>/text/<int:text>/", views.write_text, name="write_text"),
    path("<int:pk>/lardom/", views.add_lesson, name="add_lesson"),
    path("<int:pk>/lardom/<int:lesson>/", views.change_lesson, name="change_lesson"),
    path("<int:pk>/foresla/", views.propose, name="propose"),
    path("<int:pk>/ta-tillbaka/", views.send_back, name="send_back"),
    path("<int:pk>/beslut/", views.report, name="report"),
    path("<int:pk>/nasta-ar/", views.start_next_year, name="start_next_year"),
    path("<int:pk>/fil/<str:format>/", views.file, name="file"),
]
