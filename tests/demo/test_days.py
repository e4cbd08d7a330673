from datetime import date

import pytest
from django.utils import timezone

from hjulet.demo.data import filled
from hjulet.demo.days import Calendar, morning_of, set_to

MONDAY = Calendar(date(2026, 3, 16))


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("before-12-01", date(2024, 12, 1)),
        ("last-03-17", date(2025, 3, 17)),
        ("this-05-04", date(2026, 5, 4)),
        ("next-01-31", date(2027, 1, 31)),
        ("today-9", date(2026, 3, 7)),
        ("today+60", date(2026, 5, 15)),
    ],
)
def test_day_of_the_story_lies_in_the_real_calendar(told, day):
    assert MONDAY.date(told) == day


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("this-03-13", date(2026, 3, 13)),
        ("this-03-14", date(2026, 3, 16)),
        ("this-03-15", date(2026, 3, 16)),
        ("today-1", date(2026, 3, 13)),
        ("today-2", date(2026, 3, 13)),
    ],
)
def test_work_is_done_on_weekdays(told, day):
    """Put off to the Monday after, but what is counted back from today never comes after today."""
    assert MONDAY.working_day(told) == day


def test_clock_is_set_for_what_asks_django_and_goes_on_afterwards():
    now = timezone.now()

    with set_to(morning_of(date(2025, 3, 17))):
        then = timezone.localdate()

    assert (then, timezone.now()) == (date(2025, 3, 17), now)


def test_work_begins_in_the_morning():
    hours = {timezone.localtime(morning_of(date(2025, 7, day))).hour for day in range(1, 32)}

    assert hours == {8, 9, 10}


def test_the_clock_tells_the_time_in_utc_as_django_does():
    """The chain of the audit log is made of times as they are written."""
    assert morning_of(date(2025, 7, 1)).tzinfo == timezone.now().tzinfo


def test_years_are_put_into_texts_however_deep():
    content = {"a": ["ÄN {last}/14", {"b": "{this}"}], "n": 3}

    assert filled(content, {"{last}": "2025", "{this}": "2026"}) == {"a": ["ÄN 2025/14", {"b": "2026"}], "n": 3}
