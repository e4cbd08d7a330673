"""A role to several people, the end of several roles, and the list of people as a file that comes back."""

from datetime import date

import pytest
from django.urls import reverse

from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.people.operations import stop_login
from tests import factories
from tests.lists import agreed, chosen, edit, fetched, obstacles, sent, told

pytestmark = pytest.mark.django_db

ASSIGN, END = reverse("roles:assign_many"), reverse("roles:end_many")
PEOPLE, READ_IN = reverse("people:list"), reverse("people:read_in")


def test_several_people_get_the_same_role(client, administrator, committee):
    people = [factories.person("Bo Ek"), factories.person("Eva Dal")]

    answer = chosen(client, ASSIGN, people, role="employee", unit=committee.pk, valid_from="2026-04-01")

    assert answer.url == PEOPLE
    given = RoleAssignment.objects.filter(role="employee").order_by("person__name")
    assert list(given.values_list("person__name", "unit", "valid_from", "valid_to")) == [
        ("Bo Ek", committee.pk, date(2026, 4, 1), None),
        ("Eva Dal", committee.pk, date(2026, 4, 1), None),
    ]


def test_somebody_who_is_shut_out_gets_no_role(client, administrator):
    bo = factories.person("Bo Ek")
    stop_login(bo, by=administrator, reason="Slutat.")

    assert obstacles(chosen(client, ASSIGN, [bo])) == [
        ("Bo Ek", "Bo Ek är avstängd från inloggning. Öppna inloggningen först.")
    ]


def test_a_role_that_one_of_them_has_already_is_given_to_nobody(client, administrator, committee):
    people = [factories.person("Bo Ek", employee=committee), factories.person("Eva Dal")]

    answer = chosen(client, ASSIGN, people, role="employee", unit=committee.pk, valid_from="2026-04-01")

    assert answer.context["form"].non_field_errors() == ["Bo Ek: Personen har redan den rollen i enheten."]
    assert RoleAssignment.objects.filter(role="employee").count() == 1


def test_several_roles_end_on_the_same_day(client, administrator, committee):
    for name in ("Bo Ek", "Eva Dal"):
        factories.person(name, employee=committee)
    roles = list(RoleAssignment.objects.filter(role="employee"))

    assert chosen(client, END, roles, valid_to="2026-03-31").url == reverse("roles:list")
    assert set(RoleAssignment.objects.filter(role="employee").values_list("valid_to")) == {(date(2026, 3, 31),)}


def test_nobody_locks_the_door_behind_them(client, administrator):
    own = administrator.role_assignments.get()

    assert obstacles(chosen(client, END, [own])) == [
        (str(own), "Det här är din sista roll som systemförvaltare. Be en annan systemförvaltare att avsluta den.")
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_several(client, administrator, committee, rows, django_assert_num_queries):
    people = [factories.person(f"Bo {number}", employee=committee) for number in range(rows)]
    roles = list(RoleAssignment.objects.filter(role="employee"))

    with django_assert_num_queries(7):
        chosen(client, ASSIGN, people)
    with django_assert_num_queries(5):
        chosen(client, END, roles)


def test_names_titles_and_addresses_come_in_from_the_file(client, administrator, committee):
    bo = factories.person("Bo Ek", unit_manager=committee)
    book = fetched(client, PEOPLE, q="Bo")
    edit(book, A2="Bo Ek Ahl", B2="Enhetschef", C2="Gruppchef, Socialnämnden", D2="bo.ahl@example.org")

    preview = sent(client, READ_IN, book)
    assert preview.context["outcome"].ignored == ["C2: Roller i dag ändras inte från Excel."]
    agreed(client, READ_IN, preview)

    bo.refresh_from_db()
    assert (bo.name, bo.title, bo.email) == ("Bo Ek Ahl", "Enhetschef", "bo.ahl@example.org")
    assert told(sent(client, READ_IN, book).context["outcome"]) == ([], [])


def test_an_address_that_somebody_else_has_is_told_at_its_cell(client, administrator, committee):
    factories.person("Eva Dal", unit_manager=committee)
    factories.person("Bo Ek", unit_manager=committee)
    book = edit(fetched(client, PEOPLE, q="Bo"), D2="eva.dal@example.org")

    assert sent(client, READ_IN, book).context["form"].non_field_errors() == [
        "Personer D2: Person med detta E-postadress finns redan."
    ]
    assert Person.objects.filter(email="eva.dal@example.org").count() == 1


def test_only_who_manages_the_organisation_comes_here(client, committee):
    client.force_login(factories.person(unit_manager=committee))

    assert [client.get(address).status_code for address in (ASSIGN, END, READ_IN)] == [403, 403, 403]
