"""The draw: what is always in it, how the rest is chosen, and that it can be made again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.monitoring.log_review.sampling import MUCH, OUTSIDE, RANDOM, Row, draw


def rows(*people):
    """A reading for each person named, with keys from 1."""
    return [Row(key, person, is_outside=False) for key, person in enumerate(people, start=1)]


def test_the_same_seed_draws_the_same_whatever_the_order():
    population = rows(*range(100))

    drawn = draw(population, seed="a", size=10, much=50)

    assert drawn == draw(population[::-1], seed="a", size=10, much=50)
    assert list(drawn) == sorted(drawn)
    assert drawn != draw(population, seed="b", size=10, much=50)


def test_the_draw_is_known_for_all_time():
    """A signed sample must be proven by every later version of the program."""
    assert draw(rows(*range(20)), seed="frö", size=4, much=50) == dict.fromkeys([7, 8, 10, 17], RANDOM)


def test_what_was_read_from_outside_is_always_there_even_past_the_size():
    population = [Row(key, key, is_outside=key <= 5) for key in range(1, 21)]

    drawn = draw(population, seed="a", size=3, much=50)

    assert drawn == dict.fromkeys(range(1, 6), OUTSIDE)


def test_some_of_whoever_reads_much_are_always_there():
    drawn = draw(rows(*[1] * 30, *range(2, 40)), seed="a", size=5, much=30)

    assert Counter(drawn.values()) == {MUCH: 3, RANDOM: 2}
    assert all(key <= 30 for key, why in drawn.items() if why == MUCH)


def test_one_reading_less_is_not_much():
    drawn = draw(rows(*[1] * 29, *range(2, 40)), seed="a", size=5, much=30)

    assert Counter(drawn.values()) == {RANDOM: 5}


@pytest.mark.parametrize(("size", "count"), [(0, 0), (3, 3), (5, 5), (9, 5)])
def test_never_more_than_there_are(size, count):
    assert len(draw(rows(*range(5)), seed="a", size=size, much=50)) == count


@given(
    st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=60),
    st.text(max_size=8),
    st.integers(1, 20),
    st.integers(2, 20),
)
def test_size_strata_and_origin_hold_for_any_log(log, seed, size, much):
    population = [Row(key, person, is_outside) for key, (person, is_outside) in enumerate(log, start=1)]

    drawn = draw(population, seed=seed, size=size, much=much)

    outside = {row.pk for row in population if row.is_outside}
    assert {key for key, why in drawn.items() if why == OUTSIDE} == outside
    assert drawn.keys() <= {row.pk for row in population}
    always = sum(why != RANDOM for why in drawn.values())
    assert len(drawn) == max(always, min(size, len(population)))
