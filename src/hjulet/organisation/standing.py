"""What decides what a person may see and is to do, said so that two moments can be compared."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from hjulet.base.statements import OPEN, Statements, repr_of
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, holds_anywhere
from hjulet.organisation.secrecy.marked import openings_since

Row = TypeVar("Row", bound=Model)

STATEMENTS = Statements(2_000)


def standing_of(person: Person) -> Hashable:
    """All that a condition asks of a person: as long as it is the same, so is the text of every question it stands in.

    Who it is, the roles of the day with their places, those stood in for too, the day, and which openings still count.
    """
    roles = tuple(
        (held.role, held.person_id, held.unit_id, held.unit.path, held.unit.kind, held.unit.committee_id)
        for held in assignments_of(person)
    )
    since = openings_since(person) if holds_anywhere(person, Permission.SECRETS_OPEN) else None
    return person.pk, person.is_machine, timezone.localdate(), roles, since


def kept_for(person: Person, rows_of: Callable[..., QuerySet[Row]], *others: Hashable) -> QuerySet[Row]:
    """What the function gives the person, to be read as it is. `others` are told to it too, and decide the text."""
    key = (rows_of, standing_of(person), *map(repr_of, others))
    return STATEMENTS.rows(key, lambda: rows_of(person, *others))


def kept_about(key: int, person: Person, rows_of: Callable[[Person, int], QuerySet[Row]]) -> QuerySet[Row]:
    """Likewise what the function gives the person about the row with the key."""
    return STATEMENTS.rows((rows_of, standing_of(person)), lambda: rows_of(person, OPEN), about=key)


def one_of(rows_of: Callable[[Person], QuerySet[Row]], person: Person, pk: int) -> Row | None:
    """The row with the key, if it is among those that the function gives the person."""
    key = (rows_of, standing_of(person), one_of)
    rows = STATEMENTS.rows(key, lambda: rows_of(person).filter(pk=OPEN).order_by(), about=pk)
    return next(iter(rows), None)
