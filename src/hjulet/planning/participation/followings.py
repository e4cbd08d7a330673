from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Unit
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.planning.participation.models import Meeting, Outcome
from hjulet.planning.participation.operations import relocate_meeting


def unanswered() -> QuerySet:
    return Outcome.objects.unanswered().order_by().values("meeting")


def held_in(units: QuerySet[Unit]) -> QuerySet[Meeting]:
    return Meeting.objects.filter(unit__in=units)


FOLLOWINGS = (
    Following(
        key="meetings",
        model=Meeting,
        name=_("Möten med något obesvarat"),
        open_in=lambda units, day: held_in(units).filter(pk__in=unanswered()),
        follow=relocate_meeting,
        visible_to=Meeting.objects.visible_to,
        sorted_by=Permission.PARTICIPATION_EDIT,
        words="subject",
        kept_name=_("Möten där allt är besvarat"),
        kept_in=lambda units, day: held_in(units).exclude(pk__in=unanswered()),
    ),
)
