"""What of the organisation itself follows: units below, and the roles that people hold."""

from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import RoleAssignment, Unit
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.operations import relocate_assignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_visible_to
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.operations import relocate_unit
from hjulet.organisation.units.queries import units_visible_to
from hjulet.organisation.units.rules import obstacle_to_standing_under


def holder_in_words(words: str) -> str:
    """The database knows a role by its key only."""
    name, _bar, role = words.partition("|")
    return f"{name}, {ROLES[role].name}"


def open_below(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """Not those that end with it."""
    return Unit.objects.filter(parent__in=units, valid_to=None).exclude(pk__in=units)


def obstacle_to_lying_under(units: QuerySet[Unit], to: Unit | None, day: date) -> str | None:
    """What comes has the kind of what was; only a unit that is there already may be of one that takes no such unit."""
    kinds = open_below(units, day).order_by().values_list("kind", flat=True).distinct() if to else ()
    return next(filter(None, (obstacle_to_standing_under(kind, to) for kind in kinds)), None)


FOLLOWINGS = (
    Following(
        key="units",
        model=Unit,
        name=_("Enheter under"),
        open_in=open_below,
        follow=relocate_unit,
        visible_to=units_visible_to,
        sorted_by=Permission.ORGANISATION_MANAGE,
        unit="parent",
        words="name",
        kept_name=_("Stängda enheter under"),
        kept_in=lambda units, day: Unit.objects.filter(parent__in=units, valid_to__isnull=False),
        obstacle=obstacle_to_lying_under,
    ),
    Following(
        key="roles",
        model=RoleAssignment,
        name=_("Roller"),
        open_in=lambda units, day: RoleAssignment.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=day), unit__in=units
        ),
        follow=relocate_assignment,
        visible_to=assignments_visible_to,
        sorted_by=Permission.ORGANISATION_MANAGE,
        words=Concat("person__name", Value("|"), "role"),
        say=holder_in_words,
        kept_name=_("Tidigare roller"),
        kept_in=lambda units, day: RoleAssignment.objects.filter(unit__in=units, valid_to__lt=day),
        crosses=True,
        ends=True,
    ),
)
