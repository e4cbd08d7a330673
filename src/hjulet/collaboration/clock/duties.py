"""What the clock does. Each slice lists its own duties; the settings say in which order they are done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from hjulet.base.commands import take_stock
from hjulet.organisation.models import Person


@dataclass(frozen=True)
class Duty:
    """Something time brings with it.

    `run(machine, day)` does all of it that is due and not yet done, however long ago it fell due, and returns how many
    things it did. A daily one is done once a day when the clock runs often.
    """

    key: str
    name: Any
    run: Callable[[Person, date], int | None]
    is_daily: bool = True


def duties() -> list[Duty]:
    return [duty for path in settings.CLOCK_DUTIES for duty in import_string(path)]


def count_tables(by: Person, day: date) -> None:
    take_stock()


# When all that is new is in the tables.
LAST = (Duty("statistics", _("Databasens statistik"), count_tables),)
