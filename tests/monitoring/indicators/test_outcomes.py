"""The words of 6.1: whether it is reached, and how sure that is, are two statements."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.monitoring.indicators.models import Indicator, IndicatorTarget
from hjulet.monitoring.indicators.outcomes import change, development, outcome_of, target_in_words
from hjulet.monitoring.indicators.pages import spread_of, standing_of, told
from hjulet.monitoring.indicators.parts import Measurement
from hjulet.monitoring.indicators.scales import measure_of
from hjulet.monitoring.indicators.states import MeasurementState as S
from hjulet.statistics.targets import Certainty, Status

MEASURES = {"count": "kundval", "time": "dagar", "number": "kronor"}


def indicator(kind="share", **given):
    steps = 5 if kind == "mean" else None
    measure = measure_of(kind, steps, MEASURES.get(kind, ""))
    return Indicator(kind=kind, scale_steps=steps, measure=measure, **{"smallest": 5} | given)


def aim(of, value, operator=">=", **given):
    return IndicatorTarget(indicator=of, value=Decimal(value), operator=operator, measure=of.measure, **given)


def measured(kind="share", target=None, operator=">=", *, year=2026, upper=None, tolerance=None, smallest=5, **figures):
    of = indicator(kind, smallest=smallest)
    held = target and aim(
        of, target, operator, upper=upper and Decimal(upper), tolerance=tolerance and Decimal(tolerance)
    )
    return Measurement(
        indicator=of,
        target=held or None,
        state=S.MEASURED,
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        due_date=date(year, 12, 31),
        **figures,
    )


CASES = [
    # Shares: Wilson, unless all are counted.
    (measured(target=90, count=490, total=500), "98 %", "Uppnått", "success", "Felmarginal 96,4–98,9."),
    (measured(target=90, count=46, total=50), "92 %", "Uppnått men osäkert (felmarginal 81,2–96,8)", "success", ""),
    (
        measured(target=90, count=44, total=50),
        "88 %",
        "Ej uppnått men inom felmarginalen",
        "danger",
        "Felmarginal 76,2–94,4.",
    ),
    (measured(target=90, count=20, total=50), "40 %", "Ej uppnått", "danger", "Felmarginal 27,6–53,8."),
    (measured(target=100, count=47, total=48, is_census=True), "97,9 %", "Ej uppnått", "danger", ""),
    (measured(target=100, count=48, total=48, is_census=True), "100 %", "Uppnått", "success", ""),
    (
        measured(target=100, count=30, total=30),
        "100 %",
        "Uppnått men osäkert (felmarginal 88,6–100)",
        "success",
        "Inga avvikelser bland 30, men upp till 10 % kan inte uteslutas.",
    ),
    (
        measured(target=10, operator="<=", count=2, total=40),
        "5 %",
        "Uppnått men osäkert (felmarginal 1,4–16,5)",
        "success",
        "",
    ),
    (measured(target=90, count=3, total=4), "", "För få svar", "neutral", ""),
    (
        measured(target=75, count=3, total=4, smallest=None),
        "75 %",
        "Uppnått men osäkert (felmarginal 30,1–95,4)",
        "success",
        "",
    ),
    (measured(count=46, total=50), "92 %", "Inget mål satt", "neutral", "Felmarginal 81,2–96,8."),
    (measured(target=90, value=Decimal(92)), "92 %", "Uppnått", "success", "Osäkerheten kan inte beräknas."),
    (
        measured(target=90, value=Decimal(92), total=50),
        "92 %",
        "Uppnått men osäkert (felmarginal 81,2–96,8)",
        "success",
        "",
    ),
    # Means of a scale, with the answers or without.
    (
        measured("mean", 4, answers=[1, 2, 5, 20, 22], value=Decimal("4.2"), total=50),
        "4,2 på 5-gradig skala",
        "Uppnått men osäkert (felmarginal 3,9–4,4)",
        "success",
        "",
    ),
    (
        measured("mean", 4, answers=[0, 1, 20, 8, 21], value=Decimal("3.98"), total=50),
        "3,98 på 5-gradig skala",
        "Ej uppnått men inom felmarginalen",
        "danger",
        "Felmarginal 3,7–4,2.",
    ),
    (
        measured("mean", 4, value=Decimal("4.2"), total=50),
        "4,2 på 5-gradig skala",
        "Uppnått",
        "success",
        "Osäkerheten kan inte beräknas.",
    ),
    (measured("mean", 4, answers=[0, 0, 0, 2, 2], value=Decimal("4.5"), total=4), "", "För få svar", "neutral", ""),
    # Counts are what they are; of people few are hidden, and none are not.
    (measured("count", 1, value=Decimal(2), smallest=None), "2 kundval", "Uppnått", "success", ""),
    (measured("count", 1, value=Decimal(2)), "", "För få svar", "neutral", ""),
    (measured("count", 1, value=Decimal(0)), "0 kundval", "Ej uppnått", "danger", ""),
    # Too little is as bad as too much.
    (
        measured("time", 10, "<>", upper=20, value=Decimal(15)),
        "15 dagar",
        "Uppnått",
        "success",
        "Osäkerheten kan inte beräknas.",
    ),
    (
        measured("time", 10, "<>", upper=20, value=Decimal(21)),
        "21 dagar",
        "Ej uppnått",
        "danger",
        "Osäkerheten kan inte beräknas.",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_figure_words_colour_and_note(case):
    figures, *wanted = case

    outcome = outcome_of(figures)

    assert [outcome.figure, outcome.words, outcome.color, outcome.note] == wanted


def test_missing_is_not_zero():
    outcome = outcome_of(measured(target=90))

    assert (outcome.status, outcome.words, outcome.figure) == (Status.NOT_MEASURED, "Ej mätt", "")


@pytest.mark.parametrize(
    ("figures", "near"),
    [
        (measured(target=90, count=89, total=100), False),
        (measured(target=90, tolerance=2, count=89, total=100), True),
        (measured(target=90, tolerance=2, count=87, total=100), False),
        (measured(target=90, tolerance=2, count=91, total=100), False),
        (measured(target=90, tolerance=2, count=3, total=4), False),
        (measured("time", 10, "<>", upper=20, tolerance=1, value=Decimal(21)), True),
        (measured("time", 10, "<>", upper=20, tolerance=1, value=Decimal(9)), True),
    ],
)
def test_near_is_a_decision_and_changes_no_verdict(figures, near):
    outcome = outcome_of(figures)

    assert outcome.is_near is near
    assert "Nära" not in outcome.words


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (aim(indicator(), "90.000"), "minst 90 %"),
        (aim(indicator(), "2.500", "<="), "högst 2,5 %"),
        (aim(indicator("time"), "2.000", "<>", upper=Decimal("4.000")), "från 2 till 4 dagar"),
        (aim(indicator("mean"), "4.000"), "minst 4 på 5-gradig skala"),
        (aim(indicator("number"), "1200.000"), "minst 1200 kronor"),
    ],
)
def test_target_in_words(target, words):
    assert target_in_words(target) == words


CHANGES = [
    (
        measured(count=40, total=50),
        measured(count=46, total=50),
        (
            "Sedan förra mätningen: +12 procentenheter (felmarginal −1,9 till +25,9). "
            "Förändringen är inte större än vad slumpen brukar ge."
        ),
    ),
    (
        measured(count=200, total=500),
        measured(count=460, total=500),
        (
            "Sedan förra mätningen: +52 procentenheter (felmarginal +46,9 till +56,7). "
            "Förändringen är större än vad slumpen brukar ge."
        ),
    ),
    (
        measured(count=48, total=48, is_census=True),
        measured(count=47, total=48, is_census=True),
        (
            "Sedan förra mätningen: −2,1 procentenheter (felmarginal −10,9 till +5,5). "
            "Förändringen är inte större än vad slumpen brukar ge."
        ),
    ),
    (measured("count", value=Decimal(8)), measured("count", value=Decimal(6)), "Sedan förra mätningen: −2 kundval."),
    (
        measured("index", value=Decimal(66)),
        measured("index", value=Decimal("66.5")),
        "Sedan förra mätningen: +0,5 steg på skalan. Osäkerheten kan inte beräknas.",
    ),
    (measured(count=40, total=50), measured(count=2, total=4), ""),
    (measured(count=2, total=4), measured(count=40, total=50), ""),
    (measured(), measured(count=40, total=50), ""),
]


@pytest.mark.parametrize(("earlier", "later", "said"), CHANGES, ids=range(len(CHANGES)))
def test_change_since_last_time(earlier, later, said):
    assert change(earlier, later) == said


def test_a_mean_changes_by_steps():
    earlier = measured("mean", answers=[1, 2, 5, 20, 22], value=Decimal("4.2"), total=50)
    later = measured("mean", answers=[1, 2, 6, 20, 21], value=Decimal("4.16"), total=50)

    assert change(earlier, later).startswith("Sedan förra mätningen: −0,04 steg på skalan (felmarginal ")


TOO_FEW = "Det är för få mätningar för att säga något om en utveckling."


@pytest.mark.parametrize(("number", "said"), [(0, [TOO_FEW]), (1, [TOO_FEW]), (4, [TOO_FEW]), (5, [])])
def test_fewer_than_five_say_nothing_of_a_development(number, said):
    rows = [measured("index", value=Decimal(60)) for _ in range(number)]

    assert [sentence for sentence in development(rows) if "Sedan" not in sentence] == said


def planned(year, state=S.PLANNED):
    row = measured(year=year)
    row.state = state
    return row


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "Ej mätt"),
        ([planned(2025)], "Ej mätt"),
        ([measured(target=90, count=490, total=500, year=2025)], "Uppnått"),
        ([measured(target=90, count=490, total=500, year=2022), planned(2025)], "Inaktuell mätning (2022)"),
        ([measured(target=90, count=490, total=500, year=2024), planned(2025, S.NOT_MEASURED)], "Ej mätt"),
        ([planned(2024), measured(target=90, count=490, total=500, year=2025)], "Uppnått"),
    ],
)
def test_how_it_stands_now(rows, words):
    assert standing_of(rows).words == words


def test_an_outdated_figure_is_told_without_a_verdict():
    standing = standing_of([measured(target=90, count=490, total=500, year=2022), planned(2025)])

    assert (standing.figure, standing.color, standing.status) == ("98 %", "warning", Status.NOT_MEASURED)


def test_how_they_answered_is_told_only_when_no_step_has_so_few_that_they_could_be():
    many = measured("mean", answers=[0, 5, 5, 20, 22], value=Decimal("4.1"), total=52)
    few = measured("mean", answers=[1, 2, 5, 20, 22], value=Decimal("4.2"), total=50)
    of_no_people = measured("mean", answers=[1, 2, 5, 20, 22], value=Decimal("4.2"), total=50, smallest=None)

    assert spread_of(many, exactly=False) == [(1, "0"), (2, "5"), (3, "5"), (4, "20"), (5, "22")]
    assert spread_of(few, exactly=False) == []
    assert spread_of(few, exactly=True) == [(1, "1"), (2, "2"), (3, "5"), (4, "20"), (5, "22")]
    assert len(spread_of(of_no_people, exactly=False)) == 5
    assert spread_of(measured(count=40, total=50), exactly=True) == []


def test_what_was_entered_hides_small_numbers_from_those_who_may_not_see_the_cases():
    small = measured(count=3, total=4)

    assert told(small, exactly=False) == [
        ("Täljare", "visas inte, färre än 5"),
        ("Antal som siffran bygger på", "visas inte, färre än 5"),
    ]
    assert told(small, exactly=True) == [("Täljare", "3"), ("Antal som siffran bygger på", "4")]


def test_the_share_of_the_highest_answers_stands_beside_the_mean():
    rows = dict(told(measured("mean", answers=[10, 0, 0, 20, 30], value=Decimal(4), total=60), exactly=False))

    assert rows["Andel som svarade något av de två högsta stegen"] == "83 %"


@given(
    total=st.integers(1, 400),
    data=st.data(),
    target=st.integers(0, 100),
    operator=st.sampled_from([">=", "<="]),
    smallest=st.none() | st.integers(3, 30),
)
def test_few_are_never_told_and_no_figure_contradicts_its_verdict(total, data, target, operator, smallest):
    count = data.draw(st.integers(0, total))
    figures = measured(target=target or None, operator=operator, count=count, total=total, smallest=smallest)

    outcome = outcome_of(figures)

    if smallest is not None and total < smallest:
        assert (outcome.status, outcome.figure, outcome.margin, outcome.note) == (Status.TOO_FEW, "", "", "")
    elif target:
        shown = Decimal(outcome.figure.removesuffix(" %").replace(",", "."))
        is_met = shown >= target if operator == ">=" else shown <= target
        assert (outcome.status == Status.MET) is is_met
        assert (outcome.certainty == Certainty.UNCERTAIN) is ("osäkert" in outcome.words or "inom" in outcome.words)
