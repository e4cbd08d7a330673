from django.urls import path

from hjulet.planning.risks import views

app_name = "risks"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/<int:analysis_pk>/", views.identify, name="identify"),
    path("andra-flera/", views.change_many, name="change_many"),
    path("sedan-forra-aret/", views.mark_many, name="mark_many"),
    path("las-in/", views.read_in, name="read_in"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/sedan-forra-aret/", views.mark_change, name="mark_change"),
    path("<int:pk>/bedom/", views.assess, name="assess"),
    path("<int:pk>/fordjupa/", views.analyse_deeper, name="analyse_deeper"),
    path("<int:pk>/acceptera/", views.accept, name="accept"),
    path("<int:pk>/ta-tillbaka-acceptans/", views.withdraw_acceptance, name="withdraw_acceptance"),
    path("<int:pk>/planera-atgard/", views.plan_action, name="plan_action"),
    path("<int:pk>/koppla-atgard/", views.answer_with_action, name="answer_with_action"),
    path("<int:pk>/koppla-bort-atgard/<int:action_pk>/", views.remove_action, name="remove_action"),
    path("<int:pk>/planera-egenkontroll/", views.plan_control, name="plan_control"),
    path("<int:pk>/koppla-egenkontroll/", views.check_with_control, name="check_with_control"),
    path("<int:pk>/koppla-bort-egenkontroll/<int:control_pk>/", views.remove_control, name="remove_control"),
    path("for-atgard/<int:pk>/", views.for_action, name="for_action"),
    path("for-egenkontroll/<int:pk>/", views.for_control, name="for_control"),
    path("for-mal/<int:pk>/", views.for_goal, name="for_goal"),
    path("for-tillfalle/<int:pk>/", views.for_occurrence, name="for_occurrence"),
]
