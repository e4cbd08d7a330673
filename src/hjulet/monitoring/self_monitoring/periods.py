"""The calendar of a control: the year cut in equal parts, and cut off where the control begins and ends.

The parts follow the calendar, so that half a year is January to June (a spring term) and a third of a year January to
April, whichever day the control begins. A first or last part may therefore be shorter than the others, but every day
of the control belongs to exactly one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.dates import MONTHS

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """From `start` to `end`, both days included."""

    start: date
    end: date


def periods(months: int | None, starts: date, ends: date) -> list[Period]:
    """The parts of the time from `starts` to `ends`, in order; `months` divides 12, and None is the whole year."""
    length = months or 12
    years = range(starts.year, ends.year + 2)
    turns = [date(year, month, 1) for year in years for month in range(1, 13, length)]
    whole = [Period(first, following - DAY) for first, following in pairwise(turns)]
    return [
        Period(max(part.start, starts), min(part.end, ends))
        for part in whole
        if part.start <= ends and starts <= part.end
    ]


def uncovered(taken: Iterable[Period], starts: date, ends: date) -> list[Period]:
    """The stretches from `starts` to `ends` that no taken period covers, in order."""
    free = []
    for part in sorted(taken):
        if starts <= min(part.start - DAY, ends):
            free.append(Period(starts, min(part.start - DAY, ends)))
        starts = max(starts, part.end + DAY)
    return [*free, Period(starts, ends)] if starts <= ends else free


def missing(months: int | None, taken: Iterable[Period], starts: date, ends: date) -> list[Period]:
    """The parts still to be planned so that the taken ones and these cover every day exactly once."""
    return [part for gap in uncovered(taken, starts, ends) for part in periods(months, gap.start, gap.end)]


def period_in_words(start: date, end: date) -> str:
    """As people say it: "2026", "mars 2026", "januari–juni 2026"; two dates when it is no round part of a year."""
    if start.year == end.year and start.day == 1 and (end + DAY).day == 1:
        if (start.month, end.month) == (1, 12):
            return str(start.year)
        months = dict.fromkeys((str(MONTHS[start.month]), str(MONTHS[end.month])))
        return f"{'–'.join(months)} {start.year}"
    return f"{start} – {end}"
