from io import BytesIO

import openpyxl
import pytest

from hjulet.audit.models import Event
from hjulet.organisation.models import Person
from hjulet.planning.models import QualityPlan, Risk
from hjulet.planning.quality_plan import queries
from hjulet.planning.quality_plan.reading import FaultyWorkbook
from tests.planning.quality_plan import walks

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return walks.home()


def cells(content):
    book = openpyxl.load_workbook(BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_the_real_plan_comes_in_with_its_levels(home):
    committee, developer = home

    result = walks.take_in(developer, committee)

    risks = Risk.objects.order_by("area_number")
    assert [(risk.number, risk.score, risk.band.tone) for risk in risks] == [
        ("1.1", 9, "red"),
        ("2.1", 12, "red"),
        ("3.1", 8, "red"),
        ("4.1", 6, "yellow"),
        ("5.1", 4, "yellow"),
    ]
    assert (len(result.new), result.changed, result.unchanged, result.only_here) == (23, [], 0, [])


def test_what_was_taken_in_goes_out_cell_for_cell(home):
    committee, developer = home
    plan = walks.take_in(developer, committee).plan

    assert cells(queries.plan_file(plan, "xlsx").content) == cells(walks.case())


def test_a_second_time_changes_nothing(home):
    committee, developer = home
    walks.take_in(developer, committee)
    events = Event.objects.count()

    result = walks.take_in(developer, committee)

    assert (result.changes_nothing, result.unchanged, Event.objects.count()) == (True, 23, events)


def test_all_faults_are_told_and_nothing_is_saved(home):
    committee, developer = home

    with pytest.raises(FaultyWorkbook) as error:
        walks.take_in(developer, committee, walks.case("kvalitetsplan-2023-med-fel.xlsx"))

    assert error.value.messages == [
        "Risker G4: 7 är inte en sannolikhet. Tillåtet: 1, 2, 3 eller 4.",
        "Åtgärder A3: risken 9.9 finns inte på bladet Risker.",
        "Åtgärder E5: ”31/13 2023” är inte ett datum. Skriv ÅÅÅÅ-MM-DD.",
        "Egenkontroll D7: ”då och då” är ingen frekvens. Tillåtet: en gång/år, två gånger/år, en gång/termin, löpande.",
    ]
    assert (QualityPlan.objects.count(), Risk.objects.count()) == (0, 0)


def test_check_tells_what_would_happen_and_saves_nothing(home):
    committee, developer = home
    events = Event.objects.count()

    result = walks.take_in(developer, committee, check=True)

    assert (len(result.new), result.is_check) == (23, True)
    assert (QualityPlan.objects.count(), Risk.objects.count(), Event.objects.count()) == (0, 0, events)
