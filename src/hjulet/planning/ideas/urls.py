from django.urls import path

from hjulet.planning.ideas import views

app_name = "ideas"
urlpatterns = [
    path("", views.index, name="list"),
    path("ny/", views.propose, name="propose"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/andra/", views.change, name="change"),
    path("<int:pk>/overvag/", views.consider, name="consider"),
    path("<int:pk>/anta/", views.accept, name="accept"),
    path("<int:pk>/avboj/", views.decline, name="decline"),
    path("<int:pk>/genomford/", views.finish, name="finish"),
    path("<int:pk>/overvag-igen/", views.reopen, name="reopen"),
    path("<int:pk>/atgard/", views.plan_action, name="plan_action"),
    path("<int:pk>/risk/<int:analysis_pk>/", views.identify_risk, name="identify_risk"),
]
