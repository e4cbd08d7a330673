"""What follows when a unit is reorganised. Each app says so of its own rows; the settings name them in order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import IntegerField, Model, QuerySet, Subquery
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.units.models import Unit


@dataclass(frozen=True)
class Following:
    """One kind of row that belongs to units.

    `open_in` finds the rows that go on after the day in any of the units, and so follow; `kept_in` those that are
    finished, and so stay. `unit` and `words` are the paths from a row to its unit and to what it is called.
    `follow(row, by=…, to=unit, day=…)` is the operation that takes one there.
    """

    key: str
    model: type[Model]
    name: Any
    open_in: Callable[[QuerySet[Unit], date], QuerySet]
    follow: Callable[..., Any]
    visible_to: Callable[[Person], QuerySet]
    # Who in the unit, beside whoever plans, may say which way a row goes.
    sorted_by: Permission
    unit: str = "unit"
    words: Any = "title"
    say: Callable[[str], str] = str
    kept_name: Any = ""
    kept_in: Callable[[QuerySet[Unit], date], QuerySet] | None = None
    # What follows to another nämnd too: nothing that says anything of the work there.
    crosses: bool = False
    # What needs no receiver: it ends with its unit.
    ends: bool = False
    # What goes to every part of a unit that is divided, and not to one of them: `to` is then all the units.
    everywhere: bool = False
    # Why the open rows of the units cannot meet in one, which may be there already.
    obstacle: Callable[[QuerySet[Unit], Unit | None, date], str | None] | None = None

    def address(self, key: int) -> str:
        """The page of a row; empty for rows without one."""
        row: Any = self.model(pk=key)
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""


class RowCount(Subquery):
    """How many rows a queryset has, inside another statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@cache
def followings() -> tuple[Following, ...]:
    return tuple(following for path in settings.FOLLOWS_REORGANISATIONS for following in import_string(path))


def following_of(key: str) -> Following | None:
    return next((following for following in followings() if following.key == key), None)


def obstacle_to_stranding(unit: Unit, day: date) -> str | None:
    """What would be left without a unit on the day, by kind and number."""
    units = Unit.objects.filter(pk=unit.pk)
    counts = [(following, following.open_in(units, day).count()) for following in followings() if not following.ends]
    left = [f"{following.name} ({count})".lower() for following, count in counts if count]
    if not left:
        return None
    return _("%(unit)s kan inte stängas medan något är öppet där: %(left)s. Planera en omorganisation.") % {
        "unit": unit.name,
        "left": ", ".join(left),
    }
