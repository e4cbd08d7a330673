"""The story's days laid on the real calendar, and a clock that can be set to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

YEARS = {"long": -10, "before": -2, "last": -1, "this": 0, "next": 1}
DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True)
class Calendar:
    """Knows which day it really is; the story's years follow from it."""

    today: date

    def year(self, name: str) -> int:
        """The number of the year that the story calls "last" or "this"."""
        return self.today.year + YEARS[name]

    def date(self, text: str) -> date:
        """A day of the story as it is: "last-03-17" is in last year, "today-9" was nine days ago."""
        if text.startswith("today"):
            return self.today + timedelta(days=int(text.removeprefix("today")))
        name, month, day = text.split("-")
        return date(self.year(name), int(month), int(day))

    def working_day(self, text: str) -> date:
        """As `date`, but what falls on a weekend is done on the Monday after, or before it when counted from today."""
        return weekday(self.date(text), -DAY if text.startswith("today") else DAY)


def weekday(day: date, step: timedelta = DAY) -> date:
    """The day, or the nearest after it (before it, with a step back) that is no Saturday or Sunday."""
    while day.weekday() > FRIDAY:
        day += step
    return day


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let everything that asks Django for the time hear this moment: rows, steps and audit log alike."""
    with patch.object(timezone, "now", return_value=moment):
        yield


def morning_of(day: date) -> datetime:
    """When the day's work with quality begins: not at the same minute every day. In UTC, as Django tells the time."""
    minutes = day.toordinal() * 37 % 180
    return timezone.make_aware(datetime.combine(day, time(8))).astimezone(UTC) + timedelta(minutes=minutes)
