"""Several risks at once, and the list of risks as a file that comes back."""

import pytest
from django.urls import reverse

from hjulet.planning.models import Risk
from hjulet.planning.risk_analyses.operations import conclude_analysis, start_analysis_from
from tests.factories import person, unit
from tests.lists import agreed, chosen, edit, fetched, obstacles, sent, told
from tests.planning.goals.walks import goal
from tests.planning.walks import analysis, quality_area, risk

pytestmark = pytest.mark.django_db

CHANGE, MARK, LIST, READ_IN = (reverse(f"risks:{name}") for name in ("change_many", "mark_many", "list", "read_in"))


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


@pytest.fixture
def year(manager, home_care):
    return analysis(manager, home_care)


def test_several_get_the_same_role(client, manager, year):
    risks = [risk(manager, year, title=title) for title in "AB"]

    assert obstacles(chosen(client, CHANGE, risks)) == [("1.1 A", ""), ("1.2 B", "")]
    assert chosen(client, CHANGE, risks, responsible_role="unit_manager").url == LIST

    assert set(Risk.objects.values_list("responsible_role", flat=True)) == {"unit_manager"}


def test_risks_of_a_concluded_analysis_and_of_others_are_left_alone(client, manager, year):
    there = unit(year.unit.parent, "Hemtjänst Söder")
    bo = person("Bo Ek", unit_manager=there)
    foreign = risk(bo, analysis(bo, there), title="B")
    mine = risk(manager, year, 1, 1, title="A")
    conclude_analysis(year, by=manager)

    expected = [
        ("1.1 B", "Du har inte rätt att ändra den här raden."),
        ("1.1 A", "Riskanalysen är klar. Öppna den igen om riskerna behöver ändras."),
    ]
    assert sorted(obstacles(chosen(client, CHANGE, [mine, foreign]))) == sorted(expected)
    assert sorted(obstacles(chosen(client, MARK, [mine, foreign]))) == sorted(expected)


def test_several_are_marked_as_unchanged_since_last_year(client, manager, year):
    for title in "AB":
        risk(manager, year, 1, 1, title=title)
    conclude_analysis(year, by=manager)
    risks = list(start_analysis_from(year, by=manager).risks.all())

    chosen(client, MARK, risks, change="changed", reason="Ny organisation.")

    assert set(Risk.objects.filter(year=2027).values_list("change", "change_reason")) == {
        ("changed", "Ny organisation.")
    }


def test_an_answer_that_is_not_open_to_one_of_them_changes_none(client, manager, year):
    risks = [risk(manager, year, title=title) for title in "AB"]

    answer = chosen(client, MARK, risks, change="unchanged")

    assert answer.context["form"].non_field_errors() == [
        f"1.{number} {title}: Risken fanns inte i förra årets analys. Den är ny, eller borta."
        for number, title in enumerate("AB", start=1)
    ]
    assert set(Risk.objects.values_list("change", flat=True)) == {"new"}


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_several(client, manager, year, rows, django_assert_num_queries):
    risks = [risk(manager, year, title=f"Risk {number}") for number in range(rows)]

    with django_assert_num_queries(6):
        chosen(client, CHANGE, risks)


COLUMNS = ["title", "area", "goal", "laws", "role", "probability"]


def test_goal_area_laws_and_role_come_in_from_the_file(client, manager, year):
    goal(manager, year.unit, title="Trygg hemgång")
    quality_area("tillganglighet")
    row = risk(manager, year)
    book = fetched(client, LIST, kol=COLUMNS)
    edit(book, B2="Tillganglighet", C2=4, D2="trygg hemgång", E2="HSL, SoL", F2="enhetschef")

    preview = sent(client, READ_IN, book)
    assert preview.context["outcome"].ignored == ["C2: Sannolikhet ändras inte från Excel."]
    agreed(client, READ_IN, preview)

    row.refresh_from_db()
    assert (row.quality_area.key, row.goal.title, row.laws, row.responsible_role, row.probability) == (
        "tillganglighet",
        "Trygg hemgång",
        ["HSL", "SoL"],
        "unit_manager",
        3,
    )


def test_what_may_not_stand_in_a_cell_is_told_with_what_may(client, manager, year):
    risk(manager, year)
    book = edit(fetched(client, LIST, kol=COLUMNS), D2="Ett annat mål", E2="SoL, BrB")

    assert sent(client, READ_IN, book).context["form"].non_field_errors() == [
        "Risker D2: Mål: ”Ett annat mål” är inget som går att välja här.",
        "Risker E2: Lagrum: ”BrB” är inget som går att välja här. Tillåtet: SoL, LSS, HSL.",
    ]


def test_a_concluded_analysis_refuses_a_file_too(client, manager, year):
    risk(manager, year, 1, 1, title="Förr")
    conclude_analysis(year, by=manager)

    preview = sent(client, READ_IN, edit(fetched(client, LIST), B2="Nu"))

    assert told(preview.context["outcome"]) == (
        [],
        [("B2", "Förr", "Nu", "Riskanalysen är klar. Öppna den igen om riskerna behöver ändras.")],
    )
