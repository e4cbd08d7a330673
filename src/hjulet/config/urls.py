from django.urls import include, path

urlpatterns = [
    path("mal/", include("hjulet.planning.goals.urls")),
    path("atgarder/", include("hjulet.actions.urls")),
    path("kvalitetsomraden/", include("hjulet.rulebook.quality_areas.urls")),
    path("konto/", include("allauth.urls")),
    path("", include("hjulet.base.gallery.urls")),
]
