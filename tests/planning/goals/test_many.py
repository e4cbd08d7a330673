"""Several goals at once, and the list of goals as a file that comes back."""

import pytest
from django.urls import reverse

from hjulet.planning.models import Goal
from tests.factories import person
from tests.lists import agreed, chosen, edit, fetched, obstacles, sent, told
from tests.planning.goals.walks import goal, level, withdraw

pytestmark = pytest.mark.django_db

MANY, TABLE, READ_IN = (reverse(f"goals:{name}") for name in ("change_many", "table", "read_in"))


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def test_several_get_the_same_owner_and_last_year(client, home_care, manager):
    goals = [goal(manager, home_care, title=title) for title in "AB"]

    assert obstacles(chosen(client, MANY, goals)) == [("A", ""), ("B", "")]
    answer = chosen(client, MANY, goals, owner_role="unit_manager", last_year=2027)

    assert answer.url == TABLE
    assert set(Goal.objects.values_list("owner_role", "last_year")) == {("unit_manager", 2027)}


def test_what_cannot_be_changed_is_said_before(client, home_care, manager):
    withdrawn = goal(manager, home_care, title="A")
    withdraw(withdrawn, manager)
    above = goal(person("Disa Falk", quality_developer=home_care.committee), home_care.committee, title="B")

    assert obstacles(chosen(client, MANY, [withdrawn, above])) == [
        ("A", "Målet är upphävt och kan inte längre ändras."),
        ("B", "Du har inte rätt att ändra den här raden."),
    ]


def test_what_the_chain_refuses_is_told_of_each_and_nothing_is_changed(client, home_care, manager):
    parent = goal(manager, home_care, "Fokusområde", title="Över", last_year=2027)
    goal(manager, home_care, title="Under", parent=parent, first_year=2027, last_year=2027)
    other = goal(manager, home_care, title="Bredvid")

    answer = chosen(client, MANY, [parent, other], last_year=2026)

    assert answer.context["form"].non_field_errors() == [
        "Över: Målet måste gälla under samma tid som de mål som bidrar till det: ”Under”."
    ]
    parent.refresh_from_db()
    assert parent.last_year == 2027


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_several(client, home_care, manager, rows, django_assert_num_queries):
    goals = [goal(manager, home_care) for _row in range(rows)]

    with django_assert_num_queries(6):
        chosen(client, MANY, goals)


def test_another_level_and_another_parent_come_in_from_the_file(client, home_care, manager):
    level("Strategiskt mål")
    goal(manager, home_care, "Fokusområde", title="A Högre")
    lower = goal(manager, home_care, title="B Lägre")
    columns = ["title", "level", "parent", "owner", "first_year", "last_year"]
    book = edit(fetched(client, TABLE, sort="title", kol=columns), B2="strategiskt mål", C3="A högre", D3="Enhetschef")

    preview = sent(client, READ_IN, edit(book, F3=2028))
    agreed(client, READ_IN, preview)

    lower.refresh_from_db()
    assert (lower.parent.title, lower.parent.level.name, lower.owner_role, lower.last_year) == (
        "A Högre",
        "Strategiskt mål",
        "unit_manager",
        2028,
    )


def test_the_chain_holds_for_a_file_too(client, home_care, manager):
    goal(manager, home_care, "Fokusområde", title="A Högre")
    goal(manager, home_care, "Fokusområde", title="B Lika")
    book = fetched(client, TABLE, sort="title")

    answer = sent(client, READ_IN, edit(book, C3="A Högre"))

    assert answer.context["form"].non_field_errors() == [
        ("Mål C3: Ett mål på nivån fokusområde kan inte bidra till ett mål på nivån fokusområde. Välj ett högre mål.")
    ]
    assert told(sent(client, READ_IN, fetched(client, TABLE)).context["outcome"]) == ([], [])


def test_only_who_may_change_some_comes_here(client, home_care):
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert [client.get(address).status_code for address in (MANY, READ_IN)] == [403, 403]
