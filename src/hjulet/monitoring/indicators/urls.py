from django.urls import path

from hjulet.monitoring.indicators import views
from hjulet.monitoring.indicators.measurements import views as measurements

app_name = "indicators"
urlpatterns = [
    path("", views.index, name="list"),
    path("nytt/", views.define, name="define"),
    path("ur-biblioteket/", views.from_templates, name="from_templates"),
    path("andra-flera/", views.change_many, name="change_many"),
    path("las-in/", views.read_in, name="read_in"),
    path("matningar/", measurements.measurements, name="measurements"),
    path("matningar/ej-matta/", measurements.leave_out_many, name="leave_out_many"),
    path("matningar/<int:pk>/", measurements.measurement, name="measurement"),
    path("matningar/<int:pk>/registrera/", measurements.record, name="record"),
    path("matningar/<int:pk>/ratta/", measurements.correct, name="correct"),
    path("matningar/<int:pk>/ta-tillbaka/", measurements.undo, name="undo"),
    path("matningar/<int:pk>/ej-matt/", measurements.leave_out, name="leave_out"),
    path("matningar/<int:pk>/mat-anda/", measurements.restore, name="restore"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/enheter/", views.choose_units, name="choose_units"),
    path("<int:pk>/sett-over/", views.confirm, name="confirm"),
    path("<int:pk>/upphav/", views.withdraw, name="withdraw"),
    path("<int:pk>/mal/", views.set_target, name="set_target"),
    path("<int:pk>/mal/<int:target_pk>/avsluta/", views.end_target, name="end_target"),
    path("<int:pk>/tidigare-period/", measurements.open_period, name="open_period"),
    path("for-process/<int:pk>/", views.for_process, name="for_process"),
    path("for-process/<int:pk>/valj/", views.choose_for_process, name="choose_for_process"),
    path("for-process/<int:pk>/ta-bort/<int:indicator_pk>/", views.remove_from_process, name="remove_from_process"),
]
