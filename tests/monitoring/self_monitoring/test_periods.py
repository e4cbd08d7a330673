from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.monitoring.self_monitoring.periods import Period, missing, period_in_words, periods, uncovered

DAY = timedelta(days=1)
MONTHS = [None, 1, 2, 3, 4, 6, 12]
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(sorted)
TAKEN = st.lists(SPANS.map(lambda ends: Period(*ends)), max_size=4)


def days(parts):
    return [part.start + number * DAY for part in parts for number in range((part.end - part.start).days + 1)]


@pytest.mark.parametrize("months", MONTHS)
@given(SPANS)
def test_periods_tile_the_time_without_gap_or_overlap(months, span):
    starts, ends = span

    assert days(periods(months, starts, ends)) == days([Period(starts, ends)])


@pytest.mark.parametrize("months", MONTHS)
@given(SPANS)
def test_periods_turn_with_the_calendar(months, span):
    turns = {part.start for part in periods(months, *span)} - {span[0]}

    assert all(day.day == 1 and (day.month - 1) % (months or 12) == 0 for day in turns)


@pytest.mark.parametrize("months", MONTHS)
@given(SPANS, TAKEN)
def test_what_is_missing_fills_exactly_what_is_not_taken(months, span, taken):
    free = set(days([Period(*span)])) - set(days(taken))

    assert days(missing(months, taken, *span)) == sorted(free)


@given(SPANS, TAKEN)
def test_uncovered_stretches_never_touch(span, taken):
    free = uncovered(taken, *span)

    assert all(later.start > earlier.end + DAY for earlier, later in pairwise(free))


@pytest.mark.parametrize(
    ("months", "starts", "ends", "expected"),
    [
        (12, "2026-01-01", "2026-12-31", ["2026"]),
        (None, "2026-01-01", "2027-12-31", ["2026", "2027"]),
        (6, "2026-01-01", "2026-12-31", ["januari–juni 2026", "juli–december 2026"]),
        (4, "2026-01-01", "2026-12-31", ["januari–april 2026", "maj–augusti 2026", "september–december 2026"]),
        (3, "2026-02-10", "2026-08-31", ["2026-02-10 – 2026-03-31", "april–juni 2026", "juli–augusti 2026"]),
        (1, "2026-11-15", "2027-01-01", ["2026-11-15 – 2026-11-30", "december 2026", "2027-01-01 – 2027-01-01"]),
        (12, "2026-03-16", "2026-03-16", ["2026-03-16 – 2026-03-16"]),
    ],
)
def test_periods_in_words(months, starts, ends, expected):
    parts = periods(months, date.fromisoformat(starts), date.fromisoformat(ends))

    assert [period_in_words(part.start, part.end) for part in parts] == expected


def test_half_a_year_that_crosses_the_new_year_is_two_dates():
    assert period_in_words(date(2026, 10, 1), date(2027, 3, 31)) == "2026-10-01 – 2027-03-31"
