"""Cells and faults, without a database: what holds here is given as a vocabulary."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from hjulet.base.intake.faults import FaultyFile
from hjulet.planning.quality_plan.cells import Vocabulary
from hjulet.planning.quality_plan.reading import read
from hjulet.planning.quality_plan.workbook import (
    SHEETS,
    ActionRow,
    ControlRow,
    PlanRows,
    RiskRow,
    write,
)

WORDS = Vocabulary(
    today=date(2026, 3, 16),
    units={"hemtjänst norr": "Hemtjänst Norr"},
    areas={"effektivitet": "Effektivitet", "tillgänglighet": "Tillgänglighet"},
    frequencies={"en gång/år": "en gång/år", "årligen": "en gång/år"},
    roles={"enhetschef": "Enhetschef"},
    responsible={"enhetschef": "Enhetschef", "karin ek": "Karin Ek"},
)
HEADINGS = {sheet.name: [column.heading for column in sheet.columns] for sheet in SHEETS}
RISK = ["1.1", "Mål", "Fokus", "Effektivitet", "En risk", "En brist", 3, 3, "2026-01-15", "Enhetschef"]
ACTION = ["1.1", "Rubrik", "Gör något", "Enhetschef", "2026-12-31"]
CONTROL = ["1.1", "Se efter", "Stickprov", "en gång/år", "Enhetschef", ">=90 %"]


def book(risks=(RISK,), actions=(ACTION,), controls=(CONTROL,), **headings):
    """A workbook as a person would have made it in Excel."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in zip(HEADINGS, (risks, actions, controls), strict=True):
        if rows is not None:
            sheet = made.create_sheet(name)
            sheet.append(headings.get(name, HEADINGS[name]))
            for row in rows:
                sheet.append(row)
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


def faults(content):
    with pytest.raises(FaultyFile) as error:
        read(content, WORDS)
    return error.value.messages


def with_cell(row, place, value):
    return [*row[:place], value, *row[place + 1 :]]


def test_rows_are_read_with_their_line():
    rows = read(book(), WORDS)

    assert {name: [(read.line, read.row) for read in found] for name, found in rows.items()} == {
        "Risker": [
            (
                2,
                RiskRow(
                    *("1.1", "Mål", "Fokus", "Effektivitet", "En risk", "En brist", 3, 3),
                    date(2026, 1, 15),
                    "Enhetschef",
                ),
            )
        ],
        "Åtgärder": [(2, ActionRow("1.1", "Rubrik", "Gör något", "Enhetschef", date(2026, 12, 31)))],
        "Egenkontroll": [(2, ControlRow("1.1", "Se efter", "Stickprov", "en gång/år", "Enhetschef", ">=90 %"))],
    }


def test_what_people_write_in_other_ways_is_understood():
    risk = [1.1, " Mål ", None, "EFFEKTIVITET", "En  risk", "En brist", 3.0, "3", datetime(2026, 1, 15), "enhetschef"]
    unit_risk = with_cell(RISK, 0, "hemtjänst norr 1.1")
    action = ["1.1", 2026, "Gör något", "karin ek", None]
    control = ["1.1", "Se efter", "Stickprov", "Årligen", None, "minst 90%"]

    rows = read(book([risk, unit_risk], [action], [control]), WORDS)

    assert [found.row for found in rows["Risker"]] == [
        RiskRow("1.1", "Mål", "", "Effektivitet", "En  risk", "En brist", 3, 3, date(2026, 1, 15), "Enhetschef"),
        RiskRow(
            *("Hemtjänst Norr 1.1", "Mål", "Fokus", "Effektivitet", "En risk", "En brist", 3, 3),
            date(2026, 1, 15),
            "Enhetschef",
        ),
    ]
    assert rows["Åtgärder"][0].row == ActionRow("1.1", "2026", "Gör något", "Karin Ek", None)
    assert rows["Egenkontroll"][0].row == ControlRow("1.1", "Se efter", "Stickprov", "en gång/år", "", ">=90 %")


def test_columns_may_stand_in_another_order():
    turned = book([RISK[::-1]], Risker=HEADINGS["Risker"][::-1])

    assert read(turned, WORDS) == read(book(), WORDS)


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (0, None, "Risker A2: Nr saknas. Fyll i cellen."),
        (0, "ett", "Risker A2: ”ett” är inte ett risknummer. Skriv till exempel 1.1."),
        (0, "0.1", "Risker A2: ”0.1” är inte ett risknummer. Skriv till exempel 1.1."),
        (
            0,
            "Hemtjänst Nord 1.1",
            (
                "Risker A2: ”Hemtjänst Nord” är ingen enhet med risker i planen. "
                "Menade du Hemtjänst Norr? Tillåtet: Hemtjänst Norr."
            ),
        ),
        (1, "x" * 601, "Risker B2: texten är 601 tecken. Högst 600."),
        (
            3,
            "Effektivit",
            (
                "Risker D2: ”Effektivit” är inget kvalitetsområde. Menade du Effektivitet? "
                "Tillåtet: Effektivitet, Tillgänglighet."
            ),
        ),
        (4, " ", "Risker E2: Risk saknas. Fyll i cellen."),
        (6, 2.5, "Risker G2: 2.5 är inte en sannolikhet. Tillåtet: 1, 2, 3 eller 4."),
        (7, 0, "Risker H2: 0 är inte en allvarlighetsgrad. Tillåtet: 1, 2, 3 eller 4."),
        (8, "2026-02-30", "Risker I2: ”2026-02-30” är inte ett datum. Skriv ÅÅÅÅ-MM-DD."),
        (8, "2026-03-17", "Risker I2: 2026-03-17 har inte varit än. Skriv den dag då risken bedömdes."),
        (9, "Karin Ek", "Risker J2: ”Karin Ek” är ingen roll. Tillåtet: Enhetschef."),
    ],
)
def test_a_fault_in_a_risk_says_what_is_wrong_and_what_is_allowed(place, value, fault):
    assert faults(book([with_cell(RISK, place, value)], [], [])) == [fault]


def test_faults_of_the_other_sheets():
    actions = [with_cell(ACTION, 0, "1.2"), with_cell(ACTION, 4, "snart"), with_cell(ACTION, 3, "Kungen")]
    controls = [with_cell(CONTROL, 3, "ibland"), with_cell(CONTROL, 5, "mycket"), with_cell(CONTROL, 2, None)]

    assert faults(book([RISK], actions, controls)) == [
        "Åtgärder A2: risken 1.2 finns inte på bladet Risker.",
        "Åtgärder E3: ”snart” är inte ett datum. Skriv ÅÅÅÅ-MM-DD.",
        "Åtgärder D4: ”Kungen” är ingen roll och ingen person med en roll i nämnden. Tillåtet: Enhetschef, Karin Ek.",
        "Egenkontroll D2: ”ibland” är ingen frekvens. Tillåtet: en gång/år.",
        (
            "Egenkontroll F3: ”mycket” är inte ett målvärde. Skriv till exempel >=90 %, <=3,5 dagar eller 100 %, "
            "eller lämna tomt."
        ),
        "Egenkontroll C4: Metod saknas. Fyll i cellen.",
    ]


def test_a_number_stands_once():
    assert faults(book([RISK, RISK])) == ["Risker A3: risken 1.1 står redan på rad 2. Ge den ett eget nummer."]


def test_missing_sheet_and_columns():
    headings = [*HEADINGS["Åtgärder"][:4], "Klart", "Rubrik"]

    assert faults(book(None, [], Åtgärder=headings)) == [
        "Risker: bladet finns inte. Utgå från mallen.",
        "Åtgärder E1: kolumnen ”Klart” finns inte i mallen. Ta bort den eller flytta det som står där.",
        "Åtgärder F1: kolumnen Rubrik finns två gånger.",
        "Åtgärder: kolumnen Klart senast saknas. Utgå från mallen.",
    ]


def test_an_empty_sheet_lacks_its_columns():
    empty = book([], [], [], Egenkontroll=[])

    assert faults(empty) == [
        f"Egenkontroll: kolumnen {name} saknas. Utgå från mallen." for name in HEADINGS["Egenkontroll"]
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hej", "Filen är inte en Excel-fil (.xlsx). Välj en fil som är sparad i Excel."),
        (b"PK\x03\x04", "Filen är skadad och kan inte läsas. Öppna den i Excel, spara den på nytt och försök igen."),
        (b"PK" + b"x" * 2_000_001, "Filen är för stor. Den får vara högst 2 MB. Dela upp den i flera."),
    ],
)
def test_what_is_no_workbook_is_refused(content, sentence):
    with pytest.raises(ValidationError) as error:
        read(content, WORDS)

    assert error.value.messages == [sentence]


def test_a_formula_is_refused_but_a_text_that_looks_like_one_is_kept():
    with pytest.raises(ValidationError) as error:
        read(book([with_cell(RISK, 4, "=1+1")]), WORDS)
    assert error.value.messages == ["Risker E2: cellen har en formel. Byt den mot sitt värde."]

    row = RiskRow("1.1", "", "", "Effektivitet", "=1+1", "-2\n+3 @x", 3, 3, date(2026, 1, 15), "")
    written = write(PlanRows((row,)))
    assert [found.row for found in read(written, WORDS)["Risker"]] == [row]
    assert openpyxl.load_workbook(BytesIO(written))["Risker"]["E2"].data_type == "s"


def test_the_template_is_a_plan_without_rows():
    assert read(write(PlanRows()), WORDS) == {"Risker": [], "Åtgärder": [], "Egenkontroll": []}
