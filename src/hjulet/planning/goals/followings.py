from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Unit
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.planning.goals.models import Goal
from hjulet.planning.goals.operations import relocate_goal


def over(day: date) -> Q:
    return Q(withdrawn_at__isnull=False) | Q(last_year__lt=day.year)


def goals_of(units: QuerySet[Unit]) -> QuerySet[Goal]:
    return Goal.objects.filter(unit__in=units)


FOLLOWINGS = (
    Following(
        key="goals",
        model=Goal,
        name=_("Mål som gäller"),
        open_in=lambda units, day: goals_of(units).exclude(over(day)),
        follow=relocate_goal,
        visible_to=Goal.objects.visible_to,
        sorted_by=Permission.GOALS_EDIT,
        kept_name=_("Mål som har gått ut eller är upphävda"),
        kept_in=lambda units, day: goals_of(units).filter(over(day)),
    ),
)
