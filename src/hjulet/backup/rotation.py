"""Which of the nightly backups are kept. Pure: days in, days out."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date

DAILY, WEEKLY, MONTHLY = 7, 4, 12


def kept(days: Iterable[date]) -> set[date]:
    """The last of each of the latest 7 days, 4 weeks and 12 months that have a backup.

    Counted in backups, not from today: after a pause, or with the clock wrong, nothing old goes before something new has come.
    """
    newest_first = sorted(set(days), reverse=True)
    return (
        last_of_each(newest_first, DAILY, lambda day: day)
        | last_of_each(newest_first, WEEKLY, lambda day: day.isocalendar()[:2])
        | last_of_each(newest_first, MONTHLY, lambda day: (day.year, day.month))
    )


def last_of_each(newest_first: list[date], count: int, period: Callable[[date], Hashable]) -> set[date]:
    found: dict[Hashable, date] = {}
    for day in newest_first:
        found.setdefault(period(day), day)
    return set(list(found.values())[:count])
