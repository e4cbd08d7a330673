from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.introductions.models import Introduction
from hjulet.rulebook.introductions.operations import relocate_introduction
from hjulet.rulebook.introductions.states import OPEN

FOLLOWINGS = (
    Following(
        key="introductions",
        model=Introduction,
        name=_("Introduktioner som pågår"),
        words="name",
        open_in=lambda units, day: Introduction.objects.filter(unit__in=units, state__in=OPEN),
        follow=relocate_introduction,
        visible_to=Introduction.objects.visible_to,
        sorted_by=Permission.STAFF_LEAD,
        kept_name=_("Avslutade introduktioner"),
        kept_in=lambda units, day: Introduction.objects.filter(unit__in=units).exclude(state__in=OPEN),
    ),
)
