from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.actions.operations import relocate_action
from hjulet.actions.states import ENDED
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission

FOLLOWINGS = (
    Following(
        key="actions",
        model=Action,
        name=_("Öppna åtgärder"),
        # One that is carried out goes on too: whether it helped is still to be judged.
        open_in=lambda units, day: Action.objects.filter(unit__in=units).exclude(state__in=ENDED),
        follow=relocate_action,
        visible_to=Action.objects.visible_to,
        sorted_by=Permission.ACTIONS_EDIT,
        kept_name=_("Avslutade åtgärder"),
        kept_in=lambda units, day: Action.objects.filter(unit__in=units, state__in=ENDED),
    ),
)
