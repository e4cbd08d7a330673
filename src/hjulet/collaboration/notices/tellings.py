"""Who is to be told what, before anyone knows whether they have been told already."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from hjulet.organisation.deputies.queries import standing_in_by_holder
from hjulet.organisation.models import Person
from hjulet.organisation.owners import holders_and_deputies

T = TypeVar("T")
AT_A_TIME = 200


@dataclass(frozen=True)
class Telling:
    """One person about one row. `role` is the role that made it theirs, `part_id` the comment it is about.

    `in_place_of` is whom a deputy is told for.
    """

    person: Person
    target: Model
    due_date: date
    role: str = ""
    part_id: int = 0
    in_place_of: Person | None = None


def to_owners(rows: Iterable[Any], *, day: date, about: Callable[[Any], date], part_id: int = 0) -> Iterator[Telling]:
    """Whoever is responsible for each row on the day, and who stands in for them.

    `about` gives the day that the notice concerns.
    """
    holders = cache(lambda role, unit, top: holders_and_deputies(role, unit, day, top=top))
    deputies = standing_in_by_holder(day)
    for row in rows:
        if row.owner_person_id:
            yield Telling(row.owner_person, row, about(row), part_id=part_id)
            for deputyship in deputies.get(row.owner_person_id, ()):
                if row.unit.path.startswith(deputyship.assignment.unit.path):
                    yield Telling(
                        deputyship.person, row, about(row), part_id=part_id, in_place_of=deputyship.assignment.person
                    )
        elif row.owner_role:
            for person, holder in holders(row.owner_role, row.unit, getattr(row, "owned_up_to", row.unit)):
                yield Telling(person, row, about(row), role=row.owner_role, part_id=part_id, in_place_of=holder)


def one_by_one(rows: QuerySet, *, by: str) -> Iterator[Any]:
    """All the rows, however many, a handful in memory at a time; those of one person, who `by` names, together.

    So what the person may see is asked once for many rows.
    """
    for keys in in_parts(rows.order_by(by, "pk").values_list("pk", flat=True)):
        yield from rows.filter(pk__in=keys).order_by(by, "pk")


def in_parts(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, AT_A_TIME)):
        yield some
