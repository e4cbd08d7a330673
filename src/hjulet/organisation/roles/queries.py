"""Where a person's rights reach. Every list in the product starts here."""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import Reach, roles_granting
from hjulet.organisation.units.models import Unit


def units_within_reach(person: Person, permission: Permission, *, day: date | None = None) -> QuerySet[Unit]:
    """The units where the person holds the permission today, as one subquery: for `filter(unit__in=…)`."""
    if person.is_machine:
        return Unit.objects.order_by()
    if not person.is_active:
        return Unit.objects.none()
    held = RoleAssignment.objects.on(day or timezone.localdate()).filter(person=person).order_by()
    here = held.alias(path=ExpressionWrapper(OuterRef("path"), output_field=CharField()))
    in_unit = here.filter(role__in=roles_granting(permission), path__startswith=F("unit__path"))
    committees = held.filter(role__in=roles_granting(permission, Reach.COMMITTEE)).values("unit__committee")
    return Unit.objects.filter(Exists(in_unit) | Q(committee__in=committees)).order_by()


def holds(person: Person, permission: Permission, unit: Unit | None) -> bool:
    """Whether the person may do this in the unit. No statement after the first question of the request."""
    if person.is_machine:
        return True
    if not person.is_active or unit is None:
        return False
    return any(
        unit.path.startswith(held.unit.path)
        or (permission in held.definition.committee and unit.committee_id == held.unit.committee_id is not None)
        for held in assignments_of(person)
        if held.definition.grants(permission)
    )


def holds_anywhere(person: Person, permission: Permission) -> bool:
    """Whether the person has the permission in any unit: decides what the menu shows."""
    return person.is_machine or any(held.definition.grants(permission) for held in assignments_of(person))


def assignments_of(person: Person) -> list[RoleAssignment]:
    """Today's roles with their units, read once per request."""
    if not hasattr(person, "_assignments_today"):
        held = person.role_assignments.on(timezone.localdate()).select_related("unit")
        person._assignments_today = list(held) if person.is_active else []
    return person._assignments_today


def forget_assignments(person: Person) -> None:
    """The next question reads the roles again: they have just changed."""
    person.__dict__.pop("_assignments_today", None)
