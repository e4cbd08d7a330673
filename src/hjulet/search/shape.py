"""What a searched kind of row says of itself: its texts, the row that bears it, and who may see that."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from hjulet.organisation.models import Person, Unit
from hjulet.search.models import Kind

LONGEST_BODY = 100_000
LINK = re.compile(r"\[([^\]\n]*)\]\([^)\s]*\)")
MARKS = re.compile(r"[*`]+|^[#>\s|-]+|\|[\s|-]*", re.MULTILINE)


@dataclass(frozen=True)
class Bearer:
    """A kind of row with a page and an access rule of its own."""

    model: type[Model]
    visible_to: Callable[[Person], QuerySet]
    list_page: str = ""

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def address(self, key: int) -> str:
        """The page of the row; the list for rows that have no page of their own."""
        return reverse(self.list_page) if self.list_page else self.model(pk=key).get_absolute_url()


@dataclass(frozen=True)
class Said:
    """What a row says. Its unit is shown beside it."""

    title: str
    texts: Iterable[str]
    day: date
    unit: Unit | None = None

    @property
    def body(self) -> str:
        """The texts one after the other without their markup, cut at `LONGEST_BODY` signs."""
        plain = (" ".join(MARKS.sub(without_mark, LINK.sub(r"\1", text)).split()) for text in self.texts)
        return "\n".join(filter(None, plain))[:LONGEST_BODY]


def without_mark(mark: re.Match) -> str:
    """Emphasis leaves no trace, a heading, a list or a cell of a table a space."""
    return "" if mark.group()[0] in "*`" else " "


@dataclass(frozen=True)
class Source:
    """A kind of row that is searched.

    `related` is what reading it needs. `follows` names the rows whose events also change what this one says, and the
    path to them. `bearer` finds the row that bears it, when that is another one. `stands` leaves out what is
    withdrawn, also while the index has not heard of it.
    """

    model: type[Model]
    kind: Kind
    read: Callable[[Any], Said]
    related: tuple[str, ...] = ()
    follows: Mapping[str, str] = field(default_factory=dict)
    bearer: Callable[[Any], Model] = lambda row: row
    stands: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def rows(self) -> QuerySet:
        """Every row that can be found by somebody."""
        return self.model._default_manager.filter(**self.stands).order_by("pk")

    def rows_of(self, label: str, keys: Iterable[int]) -> QuerySet:
        """The rows that say something else when something happened to those that are named."""
        path = "pk" if label == self.label else self.follows[label]
        return self.model._default_manager.filter(**{f"{path}__in": keys}).order_by("pk")


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)
