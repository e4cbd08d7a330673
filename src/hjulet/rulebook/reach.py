"""How far what we must follow reaches, down to every unit below and so read from there too; and who works with it."""

from django.db import models
from django.db.models import Q

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import owned_by
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, holds, holds_anywhere, lies_within_reach
from hjulet.organisation.units.models import UnitKind

WORKING = (Permission.RULEBOOK_EDIT, Permission.RULEBOOK_DECIDE, Permission.DECISIONS_RECORD)


def units_that_bind(person: Person, unit: str = "unit") -> Q:
    """The condition that a row's unit lies within reach, or above a unit where the person may read the rulebook."""
    above = {
        key
        for held in assignments_of(person)
        if held.definition.grants(Permission.RULEBOOK_READ)
        for key in held.unit.lineage
    }
    return lies_within_reach(person, Permission.RULEBOOK_READ, unit=unit) | Q(**{f"{unit}__in": above})


def providers_of(person: Person) -> set[int]:
    """The keys of the providers that the person works for: they lie beside the nämnder, and below none."""
    return {
        held.unit_id
        for held in assignments_of(person)
        if held.unit.kind == UnitKind.PROVIDER and held.definition.grants(Permission.RULEBOOK_READ)
    }


def worked_with_by(person: Person) -> Q:
    """The condition that the person owns a row, or writes, decides or records decisions of such in its unit."""
    work = owned_by(person)
    if any(holds_anywhere(person, permission) for permission in WORKING):
        work |= lies_within_reach(person, *WORKING)
    return work


class BindingQuerySet(models.QuerySet):
    """Rows of a unit that hold for all that lies below it."""

    def visible_to(self, person: Person):
        return self.filter(units_that_bind(person))


def may_read(person: Person, unit: Unit) -> bool:
    """`units_that_bind`, asked of one unit and without a statement."""
    return holds(person, Permission.RULEBOOK_READ, unit) or any(
        held.definition.grants(Permission.RULEBOOK_READ) and unit.pk in held.unit.lineage
        for held in assignments_of(person)
    )
