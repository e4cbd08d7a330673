from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from hjulet.actions.models import Action
from hjulet.audit.models import Event
from hjulet.base.intake.faults import FaultyFile
from hjulet.base.operations import Refused
from hjulet.monitoring.models import Control
from hjulet.organisation.models import Person
from hjulet.planning.goals.operations import set_goal
from hjulet.planning.models import Goal, GoalLevel, QualityPlan, Risk
from hjulet.planning.quality_plan import queries
from hjulet.planning.quality_plan.operations import start_plan
from hjulet.planning.risks.operations import mark_change
from tests.factories import municipality, unit
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

    with pytest.raises(FaultyFile) as error:
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


def changed(**values):
    """The case file with other values, as in `Risker_E2="Ny text"`; a row's first cell as None empties the row."""
    book = openpyxl.load_workbook(BytesIO(walks.case()))
    for place, value in values.items():
        sheet, cell = place.split("_")
        book[sheet][cell] = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def without(sheet, row):
    book = openpyxl.load_workbook(BytesIO(walks.case()))
    book[sheet].delete_rows(row)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_what_differs_is_changed_through_the_operations(home):
    committee, developer = home
    walks.take_in(developer, committee)
    before = Event.objects.count()

    result = walks.take_in(
        developer,
        committee,
        changed(
            Risker_E2="Risk att behov inte ses",
            Risker_D3="Tillgänglighet",
            Risker_G5=4,
            Risker_I5="2023-02-01",
            Åtgärder_E2="2023-06-30",
            Åtgärder_D3="Vera Lind",
            Egenkontroll_D2="halvårsvis",
            Egenkontroll_F3=">=95 %",
            Egenkontroll_C4="Dialog",
        ),
    )

    assert (result.new, result.unchanged, result.only_here) == ([], 15, [])
    assert [line.rsplit(" (", 1)[1] for line in result.changed] == [
        "Risk)",
        "Kvalitetsområde)",
        "Sannolikhet, Bedömd)",
        "Klart senast)",
        "Ansvarig roll)",
        "Frekvens)",
        "Målvärde)",
        "Metod)",
    ]
    assert sorted(event.verb for event in Event.objects.filter(number__gt=before)) == [
        "action.changed",
        "action.changed",
        "control.changed",
        "control.changed",
        "control.changed",
        "risk.assessed",
        "risk.changed",
        "risk.changed",
    ]
    rows = cells(queries.plan_file(result.plan, "xlsx").content)
    assert (rows["Risker"][1][4], rows["Risker"][2][:4:3], rows["Risker"][4][6:9]) == (
        "Risk att behov inte ses",
        ["2.1", "Tillgänglighet"],
        [4, 2, "2023-02-01"],
    )
    assert (rows["Åtgärder"][1][4], rows["Åtgärder"][2][3]) == ("2023-06-30", "Vera Lind")
    assert [row[2:4] + row[5:] for row in rows["Egenkontroll"][1:4]] == [
        ["Manuell kontroll", "två gånger/år", None],
        ["Manuell kontroll", "en gång/år", ">=95 %"],
        ["Dialog", "en gång/år", None],
    ]


def test_what_is_not_in_the_file_stays_and_is_told(home):
    committee, developer = home
    walks.take_in(developer, committee)

    result = walks.take_in(developer, committee, without("Åtgärder", 10))

    assert (result.changes_nothing, result.unchanged, len(result.only_here)) == (True, 22, 1)
    assert result.only_here[0].startswith("Åtgärd för risk 5.1: Införa nya arbetssätt")


def test_another_wording_of_the_goal_is_another_goal_under_the_same_number(home):
    committee, developer = home
    walks.take_in(developer, committee)

    walks.take_in(developer, committee, changed(Risker_C6="Nära till hjälp"))

    risk = Risk.objects.get(area_number=5)
    assert (risk.number, risk.goal.title, risk.goal.parent.title) == (
        "5.1",
        "Nära till hjälp",
        "Stark och balanserad tillväxt",
    )
    assert Goal.objects.filter(level__key="overall").count() == 3


def test_goals_that_are_there_are_found(home):
    committee, developer = home
    overall = {"level": GoalLevel.objects.get(key="overall"), "first_year": 2022, "last_year": 2026}
    kept = set_goal(by=Person.objects.machine(), unit=municipality(), title="Bästa utveckling för alla", **overall)

    walks.take_in(developer, committee)

    assert [goal.unit.name for goal in Goal.objects.filter(title=kept.title)] == ["Ekliden"]
    assert (Goal.objects.filter(level__key="focus").count(), Goal.objects.filter(parent=kept).count()) == (3, 1)


def test_controls_run_through_the_year_and_count_what_they_can(home):
    committee, developer = home
    walks.take_in(developer, committee)

    controls = Control.objects.order_by("pk")
    assert {(control.starts_date, control.ends_date) for control in controls} == {
        (date(2023, 1, 1), date(2023, 12, 31))
    }
    assert [control.result_kind for control in controls] == ["judgement"] * 5 + ["share"] * 4
    assert {action.owner_role for action in Action.objects.all()} == {"unit_manager"}


def test_what_an_operation_refuses_is_a_fault_of_its_row(home):
    committee, developer = home
    walks.take_in(developer, committee)
    gone = Risk.objects.get(area_number=5)
    mark_change(gone, by=developer, change="gone", reason="Löst.")

    with pytest.raises(FaultyFile) as error:
        walks.take_in(developer, committee, changed(Risker_I2="2023-01-01"))

    assert error.value.messages == [
        "Risker rad 2: risken är bedömd 2023-01-15 i Kvalitetshjulet. Skriv den dagen eller en senare.",
        "Risker rad 6: risken är markerad som borta. Ändra det först om den finns kvar.",
        "Åtgärder rad 10: risken 5.1 kunde inte läsas in.",
        "Egenkontroll rad 10: risken 5.1 kunde inte läsas in.",
    ]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("proposed", "Planen är föreslagen för nämnden."), ("adopted", "Planen är beslutad och ändras inte.")],
)
def test_a_plan_that_has_been_put_to_the_committee_takes_nothing_in(home, state, sentence):
    committee, developer = home
    walks.plan_at(state, developer, walks.secretary(committee), committee)

    with pytest.raises(Refused, match=sentence):
        walks.take_in(developer, committee, year=2026)


def test_only_who_works_with_plans_takes_one_in(home):
    committee, _developer = home

    with pytest.raises(PermissionDenied):
        walks.take_in(walks.secretary(committee), committee)


def test_units_have_their_numbers_told_apart_and_come_back_to_their_own_analysis(home):
    committee, developer = home
    north = unit(committee, "Hemtjänst Norr")
    walks.risk(developer, walks.analysis(developer, committee), title="Nämndens")
    walks.answer(developer, walks.risk(developer, walks.analysis(developer, north), title="Enhetens"))
    plan = start_plan(by=developer, committee=committee, year=2026)
    content = queries.plan_file(plan, "xlsx").content

    assert [row[0] for row in cells(content)["Risker"]] == ["Nr", "1.1", "Hemtjänst Norr 1.1"]
    assert walks.take_in(developer, committee, content, year=2026).changes_nothing

    book = openpyxl.load_workbook(BytesIO(content))
    book["Risker"].append(["Hemtjänst Norr 1.2", *[cell.value for cell in book["Risker"][3]][1:]])
    saved = BytesIO()
    book.save(saved)
    walks.take_in(developer, committee, saved.getvalue(), year=2026)
    assert [risk.number for risk in Risk.objects.filter(analysis__unit=north)] == ["1.1", "1.2"]


def test_a_green_risk_is_taken_in_but_stays_outside_the_plan(home):
    committee, developer = home

    plan = walks.take_in(developer, committee, changed(Risker_G2=1)).plan

    assert [risk.number for risk in queries.plan_content(plan).risks] == ["2.1", "3.1", "4.1", "5.1"]
    assert walks.take_in(developer, committee, changed(Risker_G2=1)).changes_nothing
