"""What something in the rulebook governs, as a page shows it: kind by kind, the first of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from hjulet.base.naming import named
from hjulet.organisation.owners import paths_to_unit

MOST_SHOWN = 50


@dataclass(frozen=True)
class Governed:
    """The rows of one kind that the person may see, each with its unit."""

    name: Any
    rows: list[Any]
    has_more: bool


def governed(asked: Sequence[tuple[Any, QuerySet]]) -> list[Governed]:
    """Of each kind that has any, by its name: one statement for all of them."""
    found = named([first_of(rows) for _name, rows in asked], beside=paths_to_unit)
    together: dict[Any, list[Any]] = {}
    for (name, _rows), shown in zip(asked, found, strict=True):
        together.setdefault(name, []).extend(shown)
    return [Governed(name, rows[:MOST_SHOWN], len(rows) > MOST_SHOWN) for name, rows in together.items() if rows]


def first_of(rows: QuerySet) -> QuerySet:
    """By key, and one too many, to know whether there are more."""
    keys = rows.order_by("pk").values("pk")[: MOST_SHOWN + 1]
    return rows.model._default_manager.filter(pk__in=keys)
