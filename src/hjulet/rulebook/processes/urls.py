from django.urls import path

from hjulet.rulebook.processes import views
from hjulet.rulebook.processes.activities import views as activities
from hjulet.rulebook.processes.bpmn import views as bpmn

app_name = "processes"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.describe, name="describe"),
    path("las-in/", bpmn.import_process, name="import"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/version/<int:number>/", views.version, name="version"),
    path("<int:pk>/version/<int:number>/bpmn/", bpmn.export, name="export"),
    path("<int:pk>/version/<int:number>/<slug:format>/", views.file, name="file"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/text/", views.write_text, name="write_text"),
    path("<int:pk>/ny-version/", views.begin_version, name="begin_version"),
    path("<int:pk>/las-in/", bpmn.import_version, name="import_version"),
    path("<int:pk>/granskning/", views.send_to_review, name="send_to_review"),
    path("<int:pk>/ta-tillbaka/", views.take_back, name="take_back"),
    path("<int:pk>/faststall/", views.adopt, name="adopt"),
    path("<int:pk>/namndens-beslut/", views.record_adoption, name="record_adoption"),
    path("<int:pk>/upphav/", views.withdraw, name="withdraw"),
    path("<int:pk>/aktiviteter/ny/", activities.add_activity, name="add_activity"),
    path("<int:pk>/vagar/ny/", activities.add_flow, name="add_flow"),
    path("aktiviteter/<int:pk>/", activities.activity, name="activity"),
    path("aktiviteter/<int:pk>/andra/", activities.change_activity, name="change_activity"),
    path("aktiviteter/<int:pk>/upp/", activities.move_up, name="move_up"),
    path("aktiviteter/<int:pk>/ned/", activities.move_down, name="move_down"),
    path("aktiviteter/<int:pk>/plats/", activities.place_activity, name="place_activity"),
    path("aktiviteter/<int:pk>/ta-bort/", activities.remove_activity, name="remove_activity"),
    path("vagar/<int:pk>/ta-bort/", activities.remove_flow, name="remove_flow"),
    path("for-dokument/<int:pk>/", views.for_document, name="for_document"),
]
