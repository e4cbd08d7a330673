"""The stretches of a year that are followed up."""

from datetime import date

from hjulet.reporting.follow_up.models import Period

# Month and day: first day, last day, and the first day from which a new assessment of a risk counts.
BOUNDS = {
    Period.FIRST_TERTIAL: ((1, 1), (4, 30), (1, 1)),
    Period.SECOND_TERTIAL: ((5, 1), (8, 31), (5, 1)),
    Period.YEAR: ((1, 1), (12, 31), (9, 1)),
}


def period_starts(period: str, year: int) -> date:
    return date(year, *BOUNDS[Period(period)][0])


def period_ends(period: str, year: int) -> date:
    return date(year, *BOUNDS[Period(period)][1])


def assessed_from(period: str, year: int) -> date:
    return date(year, *BOUNDS[Period(period)][2])
