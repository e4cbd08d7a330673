from datetime import date
from decimal import Decimal

import pytest

from hjulet.monitoring.self_monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring.outcomes import Outcome, change, development, told
from hjulet.monitoring.self_monitoring.queries import outcome_of
from hjulet.statistics.targets import Certainty, Status


def share(fulfilled, checked, *, is_census=False, comparator=">=", target: float | None = 90):
    return Occurrence(
        control=Control(result_kind="share", measure="%"),
        checked_count=checked,
        fulfilled_count=fulfilled,
        is_census=is_census,
        comparator=comparator if target is not None else "",
        target=target if target is None else Decimal(str(target)),
    )


def value(value, target=None, *, comparator=">=", measure="dagar"):
    return Occurrence(
        control=Control(result_kind="value", measure=measure),
        value=Decimal(value),
        comparator=comparator if target else "",
        target=target and Decimal(target),
    )


@pytest.mark.parametrize(
    ("occurrence", "outcome"),
    [
        (
            share(95, 100, target=80),
            Outcome(Status.MET, Certainty.CLEAR, "Uppnått", "95 %", "success", "Felmarginal 88,8–97,8\xa0%."),
        ),
        (
            share(92, 100),
            Outcome(
                Status.MET,
                Certainty.UNCERTAIN,
                "Uppnått men osäkert (felmarginal 85–95,9\xa0%)",
                "92 %",
                "success",
            ),
        ),
        (
            share(88, 100),
            Outcome(
                Status.NOT_MET,
                Certainty.UNCERTAIN,
                "Ej uppnått men inom felmarginalen",
                "88 %",
                "danger",
                "Felmarginal 80,2–93\xa0%.",
            ),
        ),
        (
            share(60, 100),
            Outcome(Status.NOT_MET, Certainty.CLEAR, "Ej uppnått", "60 %", "danger", "Felmarginal 50,2–69,1\xa0%."),
        ),
        (
            share(47, 48, is_census=True, target=100),
            Outcome(Status.NOT_MET, Certainty.EXACT, "Ej uppnått", "97,9 %", "danger"),
        ),
        (
            share(48, 48, is_census=True, target=100),
            Outcome(Status.MET, Certainty.EXACT, "Uppnått", "100 %", "success"),
        ),
        (
            share(30, 30, target=100),
            Outcome(
                Status.MET,
                Certainty.UNCERTAIN,
                "Uppnått men osäkert (felmarginal 88,6–100\xa0%)",
                "100 %",
                "success",
                "Inga brister bland 30 granskade, men upp till 10 % kan inte uteslutas.",
            ),
        ),
        (
            share(8996, 10000),
            Outcome(
                Status.NOT_MET,
                Certainty.UNCERTAIN,
                "Ej uppnått men inom felmarginalen",
                "89,96 %",
                "danger",
                "Felmarginal 89,4–90,5\xa0%.",
            ),
        ),
        (share(3, 4), Outcome(Status.TOO_FEW, None, "För få granskade", "", "neutral")),
        (share(3, 4, target=None), Outcome(Status.TOO_FEW, None, "För få granskade", "", "neutral")),
        (
            share(9, 10, target=None, is_census=True),
            Outcome(Status.NO_TARGET, None, "Inget mål satt", "90 %", "neutral"),
        ),
        (share(None, None), Outcome(Status.NOT_MEASURED, None, "Ej mätt", "", "neutral")),
        (
            value("4.25", "4", measure="på 5-gradig skala"),
            Outcome(Status.MET, None, "Uppnått", "4,3 på 5-gradig skala", "success", "Osäkerheten kan inte beräknas."),
        ),
        (
            value("3.98", "4", measure=""),
            Outcome(Status.NOT_MET, None, "Ej uppnått", "3,98", "danger", "Osäkerheten kan inte beräknas."),
        ),
        (
            value("12", "14", comparator="<="),
            Outcome(Status.MET, None, "Uppnått", "12 dagar", "success", "Osäkerheten kan inte beräknas."),
        ),
        (
            value("0"),
            Outcome(Status.NO_TARGET, None, "Inget mål satt", "0 dagar", "neutral", "Osäkerheten kan inte beräknas."),
        ),
        (Occurrence(judgement="fulfilled"), Outcome(Status.MET, None, "Uppfyllt", "", "success")),
        (Occurrence(judgement="partly"), Outcome(Status.NOT_MET, None, "Delvis uppfyllt", "", "warning")),
        (Occurrence(judgement="not_fulfilled"), Outcome(Status.NOT_MET, None, "Inte uppfyllt", "", "danger")),
    ],
)
def test_outcome_of(occurrence, outcome):
    assert outcome_of(occurrence) == outcome


@pytest.mark.parametrize(
    ("occurrence", "exactly", "expected"),
    [
        (
            share(45, 50),
            False,
            {
                "Antal granskade": "50",
                "Antal som uppfyller kravet": "45",
                "Alla ärenden under perioden granskades": "Nej",
            },
        ),
        (
            share(1, 4, is_census=True),
            False,
            {
                "Antal granskade": "visas inte, färre än 5",
                "Antal som uppfyller kravet": "visas inte, färre än 5",
                "Alla ärenden under perioden granskades": "Ja",
            },
        ),
        (
            share(1, 4),
            True,
            {
                "Antal granskade": "4",
                "Antal som uppfyller kravet": "1",
                "Alla ärenden under perioden granskades": "Nej",
            },
        ),
        (value("1250.5000"), False, {"Mätvärde": "1250,5 dagar"}),
        (value("0"), False, {"Mätvärde": "0 dagar"}),
        (
            Occurrence(
                judgement="partly", done_date=date(2026, 3, 16), evidence="Tio ärenden.", finding="Två saknade mål."
            ),
            False,
            {
                "Bedömning": "Delvis uppfyllt",
                "Genomförd": "2026-03-16",
                "Underlag": "Tio ärenden.",
                "Vad visade kontrollen": "Två saknade mål.",
            },
        ),
        (Occurrence(), True, {}),
    ],
)
def test_told(occurrence, exactly, expected):
    assert told(occurrence, exactly=exactly) == expected


FEW = "Det är för få mätningar för att säga något om en utveckling."


def since(figures, size):
    return f"Sedan förra gången: {figures}. Förändringen är {size} än vad slumpen brukar ge."


@pytest.mark.parametrize(
    ("results", "sentences"),
    [
        ([], [FEW]),
        ([share(45, 50)], [FEW]),
        (
            [share(42, 50), share(45, 50)],
            [
                since("+6 procentenheter (felmarginal −7,7 till +19,7)", "inte större"),
                FEW,
            ],
        ),
        (
            [share(45, 50), share(20, 50)],
            [
                since("−50 procentenheter (felmarginal −63,6 till −32,1)", "större"),
                FEW,
            ],
        ),
        (
            [share(45, 50)] * 5,
            [since("0 procentenheter (felmarginal −12,7 till +12,7)", "inte större")],
        ),
        ([value("4"), value("5")], [FEW]),
        ([share(3, 4), share(45, 50)], [FEW]),
        ([value("4")] * 5, []),
    ],
)
def test_development_claims_no_more_than_the_figures_do(results, sentences):
    assert development(results) == sentences


def test_change_says_nothing_of_a_small_group():
    assert (change(share(45, 50), share(3, 4)), change(share(4, 4), share(45, 50))) == ("", "")
