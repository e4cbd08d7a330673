"""Several controls or occurrences at once, and the list of controls as a file that comes back."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hjulet.monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring.operations import stop_control
from hjulet.monitoring.self_monitoring.states import OccurrenceState as S
from tests.factories import person, unit
from tests.lists import agreed, chosen, edit, fetched, obstacles, sent, told
from tests.monitoring.self_monitoring.walks import every, first, occurrence_at, plan

pytestmark = pytest.mark.django_db

CHANGE, SET_ASIDE, LIST, READ_IN = (
    reverse(f"self_monitoring:{name}") for name in ("change_many", "set_aside_many", "list", "read_in")
)


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def test_several_controls_get_the_same_owner_and_calendar(client, home_care, manager):
    controls = [plan(manager, home_care, title=title) for title in "AB"]

    assert obstacles(chosen(client, CHANGE, controls)) == [("A", ""), ("B", "")]
    answer = chosen(client, CHANGE, controls, owner_role="unit_manager", frequency=every(3).pk, ends_date="2027-06-30")

    assert answer.url == LIST
    assert set(Control.objects.values_list("owner_role", "frequency__months", "ends_date")) == {
        ("unit_manager", 3, date(2027, 6, 30))
    }


def test_stopped_controls_and_those_of_others_are_left_alone(client, home_care, manager):
    stopped = plan(manager, home_care, title="A")
    stop_control(stopped, by=manager, reason="Dubbelt.", ends_date=date(2026, 3, 31))
    there = unit(home_care.parent, "Hemtjänst Söder")
    foreign = plan(person("Bo Ek", unit_manager=there), there, title="B")

    assert obstacles(chosen(client, CHANGE, [stopped, foreign])) == [
        ("A", "Egenkontrollen är stoppad och kan inte längre ändras."),
        ("B", "Du har inte rätt att ändra den här raden."),
    ]


def test_several_occurrences_are_set_aside_for_one_reason(client, home_care, manager):
    occurrences = [first(plan(manager, home_care, title=title)) for title in "AB"]

    answer = chosen(client, SET_ASIDE, occurrences, reason="Enheten var stängd.")

    assert answer.url == reverse("self_monitoring:occurrences")
    aside = Occurrence.objects.filter(state=S.NOT_APPLICABLE)
    assert [(row.control.title, row.steps.get().reason) for row in aside.order_by("control__title")] == [
        ("A", "Enheten var stängd."),
        ("B", "Enheten var stängd."),
    ]


def test_an_occurrence_that_is_done_is_not_set_aside(client, home_care, manager):
    done = occurrence_at(S.DONE, manager, home_care)

    assert obstacles(chosen(client, SET_ASIDE, [done])) == [
        (str(done), "Det går inte att göra detta när läget är ”Genomförd”.")
    ]


def test_whoever_is_responsible_sets_aside_the_own_and_not_those_of_others(client, home_care, manager):
    ali = person("Ali Ek", employee=home_care)
    mine, theirs = (first(plan(manager, home_care, title=t, owner_person=who)) for t, who in (("A", ali), ("B", None)))
    client.force_login(ali)

    assert obstacles(chosen(client, SET_ASIDE, [mine, theirs])) == [
        (str(mine), ""),
        (str(theirs), "Du har inte rätt att ändra den här raden."),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_several(client, home_care, manager, rows, django_assert_num_queries):
    controls = [plan(manager, home_care) for _row in range(rows)]
    occurrences = [first(control) for control in controls]

    with django_assert_num_queries(8):
        chosen(client, CHANGE, controls)
    with django_assert_num_queries(5):
        chosen(client, SET_ASIDE, occurrences)


def test_the_plan_of_a_control_comes_in_from_the_file(client, home_care, manager):
    control = plan(manager, home_care)
    every(6)
    columns = ["title", "owner", "frequency", "ends_date", "comparator", "target_number", "measure"]
    book = fetched(client, LIST, kol=columns)
    edit(book, B2="Karin Ek", C2="var 6:e", D2="2027-12-31", E2="Högst", F2=12.5)

    agreed(client, READ_IN, sent(client, READ_IN, book))

    control.refresh_from_db()
    assert (control.owner_person, control.frequency.months, control.ends_date) == (manager, 6, date(2027, 12, 31))
    assert (control.comparator, control.target, control.measure) == ("<=", Decimal("12.5"), "%")
    again = sent(client, READ_IN, book)
    assert told(again.context["outcome"]) == ([], [])


def test_a_target_without_its_sign_is_told(client, home_care, manager):
    plan(manager, home_care)
    book = edit(fetched(client, LIST, kol=["title", "comparator", "target_number"]), B2=None)

    assert sent(client, READ_IN, book).context["form"].non_field_errors() == [
        "Egenkontroller rad 2: Ange både minst/högst/lika med och målvärde, eller inget av dem."
    ]


def test_only_who_may_change_some_comes_here(client, home_care):
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert [client.get(address).status_code for address in (CHANGE, SET_ASIDE, READ_IN)] == [403, 403, 403]
