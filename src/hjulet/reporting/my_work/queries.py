from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.addresses import address_of_row
from hjulet.base.naming import Told
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.standing import kept_for
from hjulet.reporting.my_work.kinds import KINDS
from hjulet.reporting.my_work.shape import NO_TEXT, Found, Kind

MOST = 500
NOBODY: dict[str, Any] = {"owner": Cast(Value(None), BigIntegerField()), "held_as": NO_TEXT}


@dataclass(frozen=True)
class Task:
    """Something that waits for this person, or for whom the person stands in for. Without a day it waits at the end."""

    day: date | None
    kind: str
    title: str
    url: str
    unit: str
    in_place_of: str = ""


@dataclass(frozen=True)
class Group:
    """The tasks of a stretch of time."""

    heading: str
    tasks: list[Task]
    is_late: bool


def tasks_of(person: Person, most: int = MOST) -> list[Task]:
    """What awaits the person, by day: at most so many, the most urgent ones. One statement, however many kinds."""
    found = (task_of(row, person) for row in awaiting(person, most))
    return sorted(found, key=lambda task: (task.day is None, task.day or date.max, task.title))


def grouped(tasks: list[Task], day: date | None = None) -> list[Group]:
    """Late, within a week, later, without a day; only the groups that hold something."""
    today = day or timezone.localdate()

    def stretch(task: Task) -> int:
        if task.day is None:
            return 3
        return 0 if task.day < today else 1 if task.day <= today + timedelta(days=7) else 2

    headings = (_("Försenat"), _("Den närmaste veckan"), _("Senare"), _("Utan datum"))
    return [
        Group(headings[place], list(members), is_late=place == 0)
        for place, members in groupby(sorted(tasks, key=stretch), key=stretch)
    ]


def task_of(found: Found, person: Person) -> Task:
    kind = KINDS[found.kind]
    holder = found.deputised_from(person)
    return Task(
        day=found.day,
        kind=str(kind.heading),
        title=kind.in_words(found),
        url=address_of_row(kind.model, found.pk),
        unit=found.unit.name,
        in_place_of=holder.name if holder else "",
    )


def awaiting(person: Person, most: int) -> Iterator[Found]:
    unit = cache(lambda name, path: Unit(name=name, path=path))  # hundreds of tasks lie in a few
    for kind, pk, day, title, facts, name, path, owner, role in kept_for(person, first_rows, most):
        yield Found(kind, pk, day, title, facts, unit(name, path), owner, role)


def first_rows(person: Person, most: int) -> QuerySet:
    asked = [(place, kind) for place, kind in enumerate(KINDS) if holds_anywhere(person, kind.permission)]
    if not asked:
        return Unit.objects.none()
    first, *others = (rows_of(kind, place, person) for place, kind in asked)
    rows = first.union(*others, all=True).order_by(F("on_day").asc(nulls_last=True), "by_title", "of_kind", "row")
    return rows[:most]


def rows_of(kind: Kind, place: int, person: Person) -> QuerySet:
    """The kind's part of the statement: the same columns of the same types as every other's."""
    whose = kind.owned_through or kind.through
    owner = {"owner": F(f"{whose}owner_person"), "held_as": F(f"{whose}owner_role")}
    columns = {
        "of_kind": Value(place),
        "row": F("pk"),
        "on_day": kind.day,
        "by_title": kind.title,
        "told": Told(**kind.facts),
        "unit_name": F(f"{kind.through}unit__name"),
        "unit_path": F(f"{kind.through}unit__path"),
    } | (owner if kind.has_owner else NOBODY)
    return kind.awaiting(person).order_by().annotate(**columns).values_list(*columns)
