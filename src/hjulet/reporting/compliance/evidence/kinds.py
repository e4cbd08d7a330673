"""The shape of an evidence: which rows are read, which of them show that a requirement is met, and which lack it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hjulet.organisation.models import Person, Unit

Condition = Callable[[date], Q]


@dataclass(frozen=True)
class Evidence:
    """`shows` and `lacks` are conditions on a row of the source on the day; `mend` is the button where something lacks.

    `page` names the list where all such rows are found.
    """

    key: str
    requirements: tuple[str, ...]
    label: Any
    shows: Condition
    lacks: Condition
    page: str
    mend: Any


@dataclass(frozen=True)
class Source:
    """Rows of a nämnd's year that the person may see. Without what is marked as secret: this goes to everyone."""

    rows: Callable[[Person, Unit, date], QuerySet]
    evidence: tuple[Evidence, ...]
    unit: Callable[[Any], str] = lambda row: row.unit_name


def nothing(_day: date) -> Q:
    return Q(pk__in=())
