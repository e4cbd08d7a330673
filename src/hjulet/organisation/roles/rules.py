from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment

ADMINISTRATOR = "system_administrator"


def obstacle_to_ending(assignment: RoleAssignment, by: Person) -> str | None:
    """Nobody locks the door behind them: the own last administrator role is ended by another administrator."""
    if assignment.valid_to is not None and assignment.valid_to < timezone.localdate():
        return _("Rollen är redan avslutad: sista dagen var %(day)s.") % {"day": assignment.valid_to.isoformat()}
    if assignment.role == ADMINISTRATOR and assignment.person_id == by.pk and not has_another(assignment):
        return _("Det här är din sista roll som systemförvaltare. Be en annan systemförvaltare att avsluta den.")
    return None


def obstacle_to_holding_twice(assignment: RoleAssignment) -> str | None:
    """Several posts at once are several roles or several units: the same one is held once at a time."""
    same = RoleAssignment.objects.filter(person=assignment.person, role=assignment.role, unit=assignment.unit)
    until = Q() if assignment.valid_to is None else Q(valid_from__lte=assignment.valid_to)
    at_once = same.filter(until, Q(valid_to=None) | Q(valid_to__gte=assignment.valid_from)).exclude(pk=assignment.pk)
    if there := at_once.first():
        return _("%(person)s har redan den rollen i %(unit)s från %(first)s.") % {
            "person": there.person.name,
            "unit": there.unit.name,
            "first": there.valid_from.isoformat(),
        }
    return None


def standing_administrators() -> list[RoleAssignment]:
    """Today's administrators who can log in and whose role has no end."""
    return list(administrators_on(timezone.localdate()))


def administrators_on(day: date) -> QuerySet[RoleAssignment]:
    standing = RoleAssignment.objects.on(day).filter(role=ADMINISTRATOR, valid_to=None, person__is_active=True)
    return standing.select_related("person").order_by("pk")


def leaves_no_administrator(assignment: RoleAssignment, administrators: list[RoleAssignment]) -> bool:
    """Whether nobody else manages the unit: then not even a login takes the role back."""
    return assignment.role == ADMINISTRATOR and not any(
        other.person_id != assignment.person_id and other.unit_id in assignment.unit.lineage for other in administrators
    )


def obstacle_to_receiving(person: Person) -> str | None:
    if person.is_active:
        return None
    return _("%(name)s är avstängd från inloggning. Öppna inloggningen först.") % {"name": person.name}


def has_another(assignment: RoleAssignment) -> bool:
    """Whether the person holds the same role, without an end, somewhere else too."""
    others = RoleAssignment.objects.filter(person=assignment.person_id, role=assignment.role, valid_to=None)
    return others.exclude(pk=assignment.pk).exists()
