from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.saved_views.models import SavedView
from hjulet.collaboration.saved_views.operations import relocate_view
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission

FOLLOWINGS = (
    Following(
        key="views",
        model=SavedView,
        name=_("Sparade vyer som delas med enheten"),
        open_in=lambda units, day: SavedView.objects.filter(shared_with__in=units),
        follow=relocate_view,
        visible_to=SavedView.objects.visible_to,
        sorted_by=Permission.ORGANISATION_MANAGE,
        unit="shared_with",
        words="name",
        crosses=True,
        ends=True,
    ),
)
