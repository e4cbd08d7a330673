from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.monitoring.frequencies.models import MONTHS
from hjulet.monitoring.recurring_duties.calendar import due_dates, months_after, next_on


@pytest.mark.parametrize(
    ("first", "months", "last", "days"),
    [
        ("2026-03-01", 12, "2028-12-31", ["2026-03-01", "2027-03-01", "2028-03-01"]),
        ("2026-03-01", None, "2027-12-31", ["2026-03-01", "2027-03-01"]),
        ("2026-08-31", 6, "2027-12-31", ["2026-08-31", "2027-02-28", "2027-08-31"]),
        ("2024-02-29", 12, "2028-02-29", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("2026-11-30", 3, "2027-02-28", ["2026-11-30", "2027-02-28"]),
        ("2026-11-30", 3, "2027-02-27", ["2026-11-30"]),
        ("2027-01-01", 1, "2026-12-31", []),
    ],
)
def test_days_are_counted_from_the_first(first, months, last, days):
    counted = due_dates(date.fromisoformat(first), months, date.fromisoformat(last))

    assert [str(day) for day in counted] == days


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from(MONTHS))
def test_a_year_holds_as_many_days_as_the_months_divide_it_in(first, months):
    days = list(due_dates(first, months, months_after(first, 12)))

    assert len(days) == 12 // months + 1
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("months", "day"),
    [(-1, "2026-02-28"), (-12, "2025-03-31"), (0, "2026-03-31"), (1, "2026-04-30"), (10, "2027-01-31")],
)
def test_months_before_and_after(months, day):
    assert str(months_after(date(2026, 3, 31), months)) == day


@pytest.mark.parametrize(
    ("month", "day", "next_day"),
    [(3, 16, "2026-03-16"), (3, 15, "2027-03-15"), (12, 31, "2026-12-31"), (2, 31, "2027-02-28")],
)
def test_next_day_of_a_year(month, day, next_day):
    assert str(next_on(month, day, date(2026, 3, 16))) == next_day
