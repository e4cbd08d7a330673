"""The days of a duty: counted from the first one, so that a 31st comes back after a February."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date


def due_dates(first: date, months: int | None, last: date) -> Iterator[date]:
    """Every so many months from `first` up to and with `last`; None is once a year, as for a control."""
    length, turn = months or 12, 0
    while (day := months_after(first, turn * length)) <= last:
        yield day
        turn += 1


def months_after(first: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    years, month = divmod(first.month - 1 + months, 12)
    return on_day(first.year + years, month + 1, first.day)


def on_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def next_on(month: int, day: int, today: date) -> date:
    """The first such day of a year that has not passed."""
    this_year = on_day(today.year, month, day)
    return this_year if this_year >= today else on_day(today.year + 1, month, day)
