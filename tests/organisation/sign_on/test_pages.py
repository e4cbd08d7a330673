"""The page of what groups give: who sees which of it, and what it says will happen."""

from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from hjulet.organisation.models import GroupRole, Person
from hjulet.organisation.sign_on import queries
from hjulet.organisation.sign_on.operations import come_in, map_group
from hjulet.organisation.sign_on.told import Told
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 16)
LIST = reverse("sign_on:list")


@pytest.fixture
def logs_in(configure):
    configure(OIDC_ISSUER="https://id.example.org", OIDC_CLIENT_ID="x", OIDC_CLIENT_SECRET="y")

    def logs_in(person, *groups):
        told = Told(subject=person.name, name=person.name, verified_email=person.email, groups=frozenset(groups))
        return come_in(told, by=Person.objects.machine(), provider="openid_connect", day=DAY).user

    return logs_in


def rows_of(response, table):
    [found] = html.fromstring(response.content).xpath(f"//table[@id='{table}'] | //*[@id='{table}']//table")
    return [
        [" ".join(cell.text_content().split()) for cell in row.iter("td")] for row in found.find("tbody").iter("tr")
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_list_statements(client, committee, *, administrator, logs_in, django_assert_num_queries, number):
    for place in range(number):
        unit = factories.unit(committee, f"Enhet {place}")
        person = factories.person(f"Karin {place}")
        map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
        logs_in(person, "Chefer", f"Golf {place}")
    for row in GroupRole.objects.all():
        GroupRole.objects.filter(pk=row.pk).update(role="group_manager")

    with django_assert_num_queries(11):
        client.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
def test_detail_statements(client, committee, *, administrator, logs_in, django_assert_num_queries, number):
    row = map_group(by=administrator, value="Chefer", role="unit_manager", unit=committee)
    for place in range(number):
        logs_in(factories.person(f"Karin {place}"), "Chefer")

    with django_assert_num_queries(7):
        client.get(row.get_absolute_url())


def test_the_page_says_who_gets_and_loses_what(client, committee, administrator, logs_in):
    row = map_group(by=administrator, value="Chefer", role="unit_manager", unit=committee)
    logs_in(factories.person("Karin Ek"), "Chefer")
    logs_in(factories.person("Bo Al"), "Golf")
    logs_in(factories.person("Eva By"), "Chefer", "Golf")
    GroupRole.objects.filter(pk=row.pk).update(value="Golf")

    page = client.get(LIST)

    assert rows_of(page, "expected") == [
        ["Bo Al", "Enhetschef, Socialnämnden", "–"],
        ["Karin Ek", "–", "Enhetschef, Socialnämnden"],
    ]
    assert "1 person har redan de roller som grupperna ger." in page.content.decode()
    assert rows_of(page, "unmapped") == [["Chefer", "2", "2026-03-16", "Låt gruppen ge en roll Chefer"]]


def test_the_last_administrator_is_told_to_keep_the_role(client, administrator, logs_in):
    municipality = factories.municipality()
    row = map_group(by=administrator, value="Förvaltare", role="system_administrator", unit=municipality)
    person = logs_in(factories.person("Karin Ek"), "Förvaltare")
    GroupRole.objects.filter(pk=row.pk).delete()
    administrator.role_assignments.update(valid_to=date(2026, 12, 31))

    page = client.get(LIST)

    assert rows_of(page, "expected") == [
        [person.name, "–", "Behåller Systemförvaltare, Ekliden: ingen annan systemförvaltare finns."]
    ]


def test_a_group_shows_the_first_of_those_who_have_it(client, committee, administrator, logs_in, monkeypatch):
    monkeypatch.setattr(queries, "MOST_SHOWN", 2)
    row = map_group(by=administrator, value="Chefer", role="unit_manager", unit=committee)
    for name in ("Karin Ek", "Bo Al"):
        logs_in(factories.person(name), "Chefer")
    assert "Fler har gruppen." not in client.get(row.get_absolute_url()).content.decode()
    logs_in(factories.person("Eva By"), "Chefer")

    page = client.get(row.get_absolute_url())

    assert [person.name for person in page.context["page"].people] == ["Bo Al", "Eva By"]
    assert "Fler har gruppen." in page.content.decode()


@pytest.mark.parametrize("way_in", [True, False])
def test_the_page_warns_when_nobody_could_come_in_without_the_provider(client, administrator, logs_in, *, way_in):
    if not way_in:
        administrator.set_unusable_password()
        administrator.save()
        client.force_login(administrator)

    assert ("kommer ingen in." in client.get(LIST).content.decode()) is not way_in


def test_groups_of_someone_who_was_not_let_in_are_shown_without_whose(client, administrator, provider, comes_by):
    provider.lets_in({"groups": ["Chefer"]})
    by = type(client)()
    comes_by(by=by)

    assert rows_of(client.get(LIST), "unmapped") == [
        ["Chefer", "Ingen som kom in", "2026-03-16", "Låt gruppen ge en roll Chefer"]
    ]


def test_nobody_sees_mappings_or_people_of_another_nämnd(client, committee, administrator, logs_in):
    theirs = factories.committee("Skolnämnden")
    row = map_group(by=administrator, value="Rektorer", role="unit_manager", unit=theirs)
    logs_in(factories.person("Rut Rektor", employee=theirs), "Rektorer", "Lärare")
    client.force_login(factories.person("Lo Lokal", system_administrator=committee))

    page = client.get(LIST)

    assert [str(cells[0][1]) for cells in page.context["shown"].rows] == []
    assert (page.context["page"].changes, page.context["page"].in_line, page.context["page"].unmapped) == ([], 0, [])
    assert [
        client.get(reverse(f"sign_on:{name}", args=[row.pk])).status_code for name in ("detail", "change", "remove")
    ] == [404] * 3


def test_a_local_administrator_sees_and_may_not_change_what_reaches_the_whole_nämnd(client, committee, administrator):
    unit = factories.unit(committee)
    row = map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    client.force_login(factories.person("Lo Lokal", system_administrator=unit))

    assert client.get(row.get_absolute_url()).status_code == 200
    assert [client.get(reverse(f"sign_on:{name}", args=[row.pk])).status_code for name in ("change", "remove")] == [
        403,
        403,
    ]


@pytest.mark.parametrize("role", ["unit_manager", "employee", "auditor"])
def test_the_page_is_for_those_who_manage_the_organisation(client, committee, role):
    client.force_login(factories.person("Eva By", **{role: committee}))

    assert [client.get(reverse(f"sign_on:{name}")).status_code for name in ("list", "add")] == [403, 403]


def test_a_mapping_is_made_from_a_group_that_gave_nothing(client, committee, administrator):
    form = client.get(reverse("sign_on:add"), {"value": "Chefer & co"}).context["form"]
    assert form["value"].value() == "Chefer & co"

    answer = client.post(reverse("sign_on:add"), {"value": "Chefer", "role": "unit_manager", "unit": committee.pk})

    assert answer.url == LIST
    assert list(GroupRole.objects.values_list("value", "role", "unit")) == [("Chefer", "unit_manager", committee.pk)]


def test_a_mapping_is_changed_and_removed(client, committee, administrator):
    row = map_group(by=administrator, value="Chefer", role="unit_manager", unit=committee)
    typed = {"value": "Chefer", "role": "lawyer", "unit": committee.pk, "revision": 1}

    assert client.post(reverse("sign_on:change", args=[row.pk]), typed).url == row.get_absolute_url()
    assert client.post(reverse("sign_on:change", args=[row.pk]), typed | {"role": "auditor"}).status_code == 422
    assert client.post(reverse("sign_on:remove", args=[row.pk]), {"reason": ""}).status_code == 422
    assert GroupRole.objects.get().role == "lawyer"
    assert client.post(reverse("sign_on:remove", args=[row.pk]), {"reason": "Borta"}).url == LIST
    assert GroupRole.objects.count() == 0


@pytest.mark.parametrize("typed", [{}, {"value": "", "role": "x", "unit": "x"}, {"value": "y" * 201}])
def test_what_cannot_be_is_said_in_the_form(client, administrator, typed):
    answer = client.post(reverse("sign_on:add"), {"x": "1", **typed})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["value", "role", "unit"])


def test_a_person_is_unlinked_on_the_own_page(client, administrator, logs_in):
    person = logs_in(factories.person("Karin Ek"))
    address = reverse("people:unlink_login", args=[person.pk])
    assert client.get(address).status_code == 200

    assert client.post(address, {"reason": "Nytt konto"}).url == person.get_absolute_url()
    assert client.post(address, {"reason": "En gång till"}).status_code == 422


def test_a_role_from_the_login_is_marked_on_the_persons_page(client, committee, administrator, logs_in):
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=committee)
    person = logs_in(factories.person("Karin Ek", lawyer=committee), "Chefer")

    rows = rows_of(client.get(person.get_absolute_url()), "assignments")

    assert [row[0] for row in rows] == ["Enhetschef (från inloggningen)", "Jurist"]
