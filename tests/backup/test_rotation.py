from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hjulet.backup.rotation import DAILY, MONTHLY, WEEKLY, kept

DAYS = st.sets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=60)


def nights(first, count):
    return [first + timedelta(number) for number in range(count)]


def test_of_a_whole_year_seven_days_four_weeks_and_twelve_months_are_kept():
    """To Sunday 22 November 2026: the days of the week, the Sundays before it, and the last day of each month."""
    assert sorted(kept(nights(date(2025, 11, 1), 387))) == [
        *(date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)),
        *(date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)),
        *(date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15)),
        *nights(date(2026, 11, 16), 7),
    ]


def test_thinning_night_after_night_leaves_the_same_as_thinning_once():
    every_night, left = nights(date(2025, 1, 1), 700), set()
    for day in every_night:
        left = kept(left | {day})

    assert left == kept(every_night)


def test_the_turn_of_the_year_does_not_split_a_week_or_join_two():
    """2026-12-31 and 2027-01-01 lie in week 53 of 2026; week 1 of two years are two weeks."""
    days = [date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4)]

    assert kept(days) == set(days)
    assert date(2026, 12, 28) not in kept([*nights(date(2026, 12, 28), 12), date(2026, 12, 27)])


def test_after_a_pause_nothing_old_goes_before_something_new_has_come():
    before = nights(date(2025, 1, 1), 7)

    assert kept(before) == set(before)
    assert set(before) - kept([*before, date(2026, 6, 1)]) == {before[0]} - {date(2025, 1, 5)}


def test_nothing_of_nothing():
    assert kept([]) == set()


@given(DAYS)
def test_the_newest_is_kept_and_never_more_than_there_is_room_for(days):
    left = kept(days)

    assert left <= days
    assert len(left) <= DAILY + WEEKLY + MONTHLY
    assert not days or max(days) in left
    assert kept(left) == left
