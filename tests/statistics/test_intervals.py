import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hjulet.statistics import intervals
from hjulet.statistics.intervals import Interval, difference_of_shares, mean, misses_not_excluded, share
from tests.statistics.cases import family

V21 = family("V21_difference_of_shares")
PLACES = range(len(V21["input"]["x1"]))
SHARES = st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
SCALES = st.lists(st.integers(0, 60), min_size=2, max_size=7).filter(any)


def difference(place):
    return difference_of_shares(*(V21["input"][name][place] for name in ("x1", "n1", "x2", "n2")))


@pytest.mark.parametrize("place", PLACES)
def test_difference_of_shares_case(place):
    expected = [V21["expected"][name][place] for name in ("newcombe_lower", "newcombe_upper")]

    interval = difference(place)

    assert [interval.lower, interval.upper] == pytest.approx(expected, rel=V21["relative_tolerance"])


@pytest.mark.parametrize("row", V21["published"]["rows"])
def test_difference_of_shares_as_published(row):
    printed = [V21["published"][end][row - 1] for end in ("lower", "upper")]

    interval = difference(row - 1)

    assert [interval.lower, interval.upper] == pytest.approx(printed, abs=0.00006)


@given(SHARES)
def test_share_contains_the_point_within_bounds(counted):
    count, total = counted
    interval = share(count, total)

    assert 0 <= interval.lower <= count / total + 1e-12
    assert count / total - 1e-12 <= interval.upper <= 1
    assert (interval.lower == 0, interval.upper == 1) == (count == 0, count == total)


@given(SHARES)
def test_share_mirrors(counted):
    count, total = counted
    interval, mirrored = share(count, total), share(total - count, total)

    assert [interval.lower, interval.upper] == pytest.approx([1 - mirrored.upper, 1 - mirrored.lower], abs=1e-12)


@given(SHARES)
def test_share_rises_with_the_count(counted):
    count, total = counted
    assume(count < total)
    here, next_up = share(count, total), share(count + 1, total)

    assert (here.lower < next_up.lower, here.upper < next_up.upper or here.upper == 1) == (True, True)


@given(SHARES, st.integers(2, 9))
def test_share_narrows_with_more_cases(counted, times):
    count, total = counted
    few, many = share(count, total), share(count * times, total * times)

    assert many.upper - many.lower < few.upper - few.lower


@given(SCALES)
def test_mean_contains_the_point_within_the_scale(counts):
    interval = mean(counts)

    assert 1 <= interval.lower <= sum(step * count for step, count in enumerate(counts, 1)) / sum(counts)
    assert sum(step * count for step, count in enumerate(counts, 1)) / sum(counts) <= interval.upper <= len(counts)
    assert interval.lower < interval.upper


@given(SCALES)
def test_mean_mirrors(counts):
    interval, mirrored = mean(counts), mean(counts[::-1])
    ends = [len(counts) + 1 - mirrored.upper, len(counts) + 1 - mirrored.lower]

    assert [interval.lower, interval.upper] == pytest.approx(ends, rel=1e-6)


@given(SCALES)
def test_mean_rises_when_an_answer_does(counts):
    assume(counts[0] > 0)
    moved = [counts[0] - 1, *counts[1:-1], counts[-1] + 1]

    assert mean(counts).upper <= mean(moved).upper + 1e-9


@given(SHARES, SHARES)
def test_difference_contains_the_point_and_mirrors(one, two):
    interval, mirrored = difference_of_shares(*one, *two), difference_of_shares(*two, *one)

    assert interval.lower - 1e-12 <= one[0] / one[1] - two[0] / two[1] <= interval.upper + 1e-12
    assert [interval.lower, interval.upper] == pytest.approx([-mirrored.upper, -mirrored.lower], abs=1e-12)


def test_a_difference_of_any_figure_is_made_as_of_shares():
    assert intervals.difference(0.92, share(46, 50), 0.8, share(40, 50)) == difference_of_shares(46, 50, 40, 50)


@pytest.mark.parametrize(("total", "misses"), [(1, 0.95), (30, 0.0950338), (300, 0.0099360)])
def test_misses_not_excluded_by_a_faultless_sample(total, misses):
    assert misses_not_excluded(total) == pytest.approx(misses, rel=1e-5)


@pytest.mark.parametrize(("value", "inside"), [(0.9, False), (1, True), (1.5, True), (2, True), (2.1, False)])
def test_interval_holds_its_ends(value, inside):
    assert (value in Interval(1, 2)) is inside


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: share(0, 0),
        lambda: share(3, 2),
        lambda: share(-1, 2),
        lambda: mean([3]),
        lambda: mean([0, 0, 0]),
        lambda: mean([2, -1]),
        lambda: difference_of_shares(3, 2, 1, 2),
        lambda: misses_not_excluded(0),
    ],
)
def test_nonsense_is_refused(nonsense):
    with pytest.raises(ValueError):
        nonsense()
