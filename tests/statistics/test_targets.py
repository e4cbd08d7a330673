import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.statistics import intervals
from hjulet.statistics.disclosure import Gate
from hjulet.statistics.intervals import Interval
from hjulet.statistics.targets import Band, Certainty, Measured, Status, Target, Verdict, judge
from tests.statistics.cases import family

V34 = family("V34_target_status")
CASES = {case["name"]: case for case in V34["cases"]}
FIGURES = st.floats(0, 1)


def measured(case):
    """The case's figure as the product would make it; None when nobody answered."""
    given = case["input"]
    if case["type"] == "share":
        value, total = given["x"] / given["n"], given["n"]
        return Measured(value, total, intervals.share(given["x"], total), is_exact=given["kind"] == "census_count")
    counts = given["counts_1_to_5"]
    if not any(counts):
        return None
    value = sum(step * count for step, count in enumerate(counts, 1)) / sum(counts)
    return Measured(value, sum(counts), intervals.mean(counts))


@pytest.mark.parametrize("name", CASES)
def test_target_status_case(name):
    given, expected = CASES[name]["input"], CASES[name]["expected"]
    figure = measured(CASES[name])

    verdict = judge(figure, Target(given["comparator"], given["target"]), minimum=given["minimum_n"])

    assert (verdict.status, verdict.certainty) == (expected["status"], expected["certainty"])
    if figure is None:
        assert expected["point"] is None
    else:
        assert [figure.value, figure.interval.lower, figure.interval.upper] == pytest.approx(
            [expected["point"], expected["lower95"], expected["upper95"]], rel=V34["relative_tolerance"]
        )
        assert Gate().lets_through(figure.total) == expected.get("value_may_be_shown", figure.total >= 5)


@pytest.mark.parametrize(
    ("comparator", "value", "interval", "status", "certainty"),
    [
        (">=", 4, (4, 5), Status.MET, Certainty.CLEAR),
        (">=", 4, (3.9, 5), Status.MET, Certainty.UNCERTAIN),
        (">=", 3.9, (3, 4), Status.NOT_MET, Certainty.UNCERTAIN),
        (">=", 3.9, (3, 3.99), Status.NOT_MET, Certainty.CLEAR),
        ("<=", 4, (3, 4), Status.MET, Certainty.CLEAR),
        ("<=", 4, (3, 4.1), Status.MET, Certainty.UNCERTAIN),
        ("<=", 4.1, (4, 5), Status.NOT_MET, Certainty.UNCERTAIN),
        ("<=", 4.1, (4.01, 5), Status.NOT_MET, Certainty.CLEAR),
        ("=", 4, (3, 5), Status.MET, Certainty.UNCERTAIN),
        ("=", 4, (4, 4), Status.MET, Certainty.CLEAR),
        ("=", 4.1, (4, 5), Status.NOT_MET, Certainty.UNCERTAIN),
        ("=", 4.1, (4.05, 5), Status.NOT_MET, Certainty.CLEAR),
        ("=", 3.1, (3, 3.9), Status.NOT_MET, Certainty.CLEAR),
    ],
)
def test_certainty_at_the_edges(comparator, value, interval, status, certainty):
    figure = Measured(value, total=50, interval=Interval(*interval))

    assert judge(figure, Target(comparator, 4)) == Verdict(status, certainty)


@pytest.mark.parametrize(
    ("figure", "target", "verdict"),
    [
        (None, Target(">=", 4), Verdict(Status.NOT_MEASURED)),
        (None, None, Verdict(Status.NOT_MEASURED)),
        (Measured(5, total=4), None, Verdict(Status.TOO_FEW)),
        (Measured(1, total=4, is_exact=True), Target(">=", 1), Verdict(Status.TOO_FEW)),
        (Measured(5, total=5), None, Verdict(Status.NO_TARGET)),
        (Measured(4), Target(">=", 4), Verdict(Status.MET, None)),
        (Measured(4), Target("<=", 3), Verdict(Status.NOT_MET, None)),
        (Measured(0), Target("=", 0), Verdict(Status.MET, None)),
        (Measured(0.5, 50, Interval(0, 1), is_exact=True), Target(">=", 0.9), Verdict(Status.NOT_MET, Certainty.EXACT)),
    ],
)
def test_judge_without_target_interval_or_cases(figure, target, verdict):
    assert judge(figure, target) == verdict


@given(FIGURES, FIGURES, FIGURES, FIGURES)
def test_at_least_and_at_most_mirror(value, low, high, aim):
    low, high = min(low, high, value), max(low, high, value)

    up = judge(Measured(value, 50, Interval(low, high)), Target(">=", aim))
    down = judge(Measured(-value, 50, Interval(-high, -low)), Target("<=", -aim))

    assert up == down


@given(FIGURES, FIGURES, FIGURES)
def test_a_clear_verdict_holds_for_every_value_of_the_interval(low, high, aim):
    low, high = sorted((low, high))
    value = (low + high) / 2

    verdict = judge(Measured(value, 50, Interval(low, high)), Target(">=", aim))

    same = {judge(Measured(point), Target(">=", aim)).status for point in (low, value, high)} == {verdict.status}
    assert (verdict.certainty == Certainty.CLEAR) is same


def test_unknown_comparator_is_refused():
    with pytest.raises(ValueError):
        Target(">", 4)


@pytest.mark.parametrize(
    ("value", "interval", "status", "certainty"),
    [
        (15, (12, 18), Status.MET, Certainty.CLEAR),
        (15, (8, 18), Status.MET, Certainty.UNCERTAIN),
        (10, (10, 20), Status.MET, Certainty.CLEAR),
        (21, (20.5, 22), Status.NOT_MET, Certainty.CLEAR),
        (21, (20, 22), Status.NOT_MET, Certainty.UNCERTAIN),
        (9, (5, 30), Status.NOT_MET, Certainty.UNCERTAIN),
    ],
)
def test_a_band_is_missed_on_either_side(value, interval, status, certainty):
    assert judge(Measured(value, 50, Interval(*interval)), Band(10, 20)) == Verdict(status, certainty)


def test_a_band_of_one_value_is_that_value():
    assert [Band(5, 5).is_met_by(value) for value in (4.9, 5, 5.1)] == [False, True, False]


def test_a_band_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="begins before it ends"):
        Band(2, 1)
