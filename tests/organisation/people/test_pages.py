from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hjulet.organisation.deputies.operations import give_deputy
from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.people.operations import add_person, give_new_one_time_password
from tests import factories

pytestmark = pytest.mark.django_db


def first_cells(response):
    return [str(row[0][1]) for row in response.context["shown"].rows]


@pytest.mark.parametrize("people", [1, 3])
def test_list_statements(client, committee, administrator, people, django_assert_num_queries):
    for number in range(people):
        factories.person(f"Mia {number}", employee=committee)

    with django_assert_num_queries(9):
        client.get(reverse("people:list"))


@pytest.mark.parametrize("roles", [1, 3])
def test_detail_statements(client, committee, administrator, roles, django_assert_num_queries):
    person = factories.person("Mia")
    for number in range(roles):
        factories.assign(person, "employee", factories.unit(committee, f"Enhet {number}"))

    with django_assert_num_queries(10):
        client.get(person.get_absolute_url())


def test_list_filters(client, committee, administrator):
    unit = factories.unit(committee)
    eva = factories.person("Eva", unit_manager=unit)
    factories.person("Mia", employee=committee)
    stopped = factories.person("Sten", employee=unit)
    stopped.is_active = False
    stopped.save()

    def shown(**given):
        return first_cells(client.get(reverse("people:list"), given))

    assert shown() == ["Eva", "Mia", "Siv System", "Sten"]
    assert shown(q="ev") == ["Eva"]
    assert shown(unit=unit.pk) == ["Eva", "Sten"]
    assert shown(unit=committee.pk) == ["Eva", "Mia", "Sten"]
    assert shown(role="unit_manager") == ["Eva"]
    assert shown(stopped="on") == ["Sten"]
    assert shown(sort="-name") == ["Sten", "Siv System", "Mia", "Eva"]
    RoleAssignment.objects.filter(person=eva).update(valid_to=date(2026, 1, 1))
    assert shown(role="unit_manager") == []


def test_the_list_shows_roles_within_reach_only(client, committee):
    both = factories.person("Bo", employee=committee)
    factories.assign(both, "unit_manager", factories.committee("Skolnämnden"))
    client.force_login(factories.person("Eva", unit_manager=committee))

    rows = client.get(reverse("people:list")).context["shown"].rows

    assert [(str(row[0][1]), row[2][1]) for row in rows] == [
        ("Bo", "Medarbetare, Socialnämnden"),
        ("Eva", "Enhetschef, Socialnämnden"),
    ]
    assert first_cells(client.get(reverse("people:list"), {"role": "unit_manager"})) == ["Eva"]


def test_the_one_time_password_is_shown_once_and_gets_one_in(client, administrator):
    response = client.post(reverse("people:add"), {"name": "Karin Ek", "email": "karin@example.org", "title": ""})

    password = response.context["password"]
    assert password in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    person = Person.objects.get(email="karin@example.org")
    assert password not in client.get(person.get_absolute_url()).content.decode()
    assert person.check_password(password)


def test_a_second_click_is_told_where_to_get_another_password(client, administrator):
    typed = {"name": "Karin Ek", "email": "karin@example.org", "title": "", "once": "abc"}
    first = client.post(reverse("people:add"), typed)

    second = client.post(reverse("people:add"), typed, follow=True)

    person = Person.objects.get(email="karin@example.org")
    assert second.redirect_chain == [(person.get_absolute_url(), 302)]
    assert "Välj Ge nytt engångslösenord." in second.text
    assert reverse("people:give_password", args=[person.pk]) in second.text
    assert first.context["password"] not in second.text
    assert person.check_password(first.context["password"])


def test_the_password_of_the_last_click_is_the_one_that_holds(client, administrator):
    person = factories.person("Karin Ek")

    clicks = [client.post(reverse("people:give_password", args=[person.pk]), {"once": "abc"}) for _click in range(2)]

    person.refresh_from_db()
    assert person.check_password(clicks[1].context["password"])


def test_a_new_one_time_password_is_given(client, administrator):
    person = factories.person("Karin Ek")

    response = client.post(reverse("people:give_password", args=[person.pk]))

    person.refresh_from_db()
    assert person.check_password(response.context["password"])


def test_an_address_in_use_is_said_on_the_form(client, administrator):
    response = client.post(reverse("people:add"), {"name": "Ny", "email": "Siv.System@example.org", "title": ""})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["E-postadressen används redan av någon annan."]


def test_two_who_change_the_same_person_see_both_versions(client, administrator):
    person = factories.person("Karin Ek")
    address, sent = reverse("people:change", args=[person.pk]), {"email": person.email, "title": "", "revision": 1}
    client.post(address, sent | {"name": "Karin Al"})

    response = client.post(address, sent | {"name": "Karin Bo"})

    person.refresh_from_db()
    assert (response.status_code, person.name) == (422, "Karin Al")
    assert response.context["form"].conflicts == [("Namn", "Karin Bo", "Karin Al", "choose-name")]


def test_details_are_changed_and_login_stopped_and_opened(client, administrator):
    person = factories.person("Karin Ek")

    def post(act, **data):
        return client.post(reverse(f"people:{act}", args=[person.pk]), data).url

    here = person.get_absolute_url()
    assert post("change", name="Karin Al", email=person.email, title="Chef", revision=1) == here
    assert post("stop_login", reason="Har slutat") == here
    person.refresh_from_db()
    assert (person.name, person.title, person.is_active) == ("Karin Al", "Chef", False)
    assert post("allow_login") == here
    person.refresh_from_db()
    assert person.is_active


def test_what_stands_in_the_way_is_said(client, administrator):
    response = client.post(reverse("people:remove_second_step", args=[administrator.pk]), {"reason": "Tappad telefon"})

    assert response.context["form"].non_field_errors() == [
        "Siv System loggar in utan andra steg; det finns inget att ta bort."
    ]


def test_colleagues_see_but_do_not_manage(client, committee):
    colleague = factories.person("Bo", employee=committee)
    client.force_login(factories.person("Eva", unit_manager=committee))

    assert client.get(colleague.get_absolute_url()).status_code == 200
    assert [
        client.post(reverse(f"people:{name}", args=[colleague.pk])).status_code
        for name in ("change", "give_password", "remove_second_step", "stop_login", "allow_login")
    ] == [403] * 5
    assert client.get(reverse("people:add")).status_code == 403


def test_another_committee_finds_nobody(client, committee):
    person = factories.person("Bo", employee=committee)
    client.force_login(factories.person("Lars", unit_manager=factories.committee("Skolnämnden")))

    assert client.get(person.get_absolute_url()).status_code == 404


def test_the_own_account_shows_roles_and_changes_language(client, committee):
    person = factories.person("Eva", unit_manager=committee)
    client.force_login(person)
    page = client.get(reverse("people:account"))
    assert ("Enhetschef, Socialnämnden" in page.content.decode(), page.context["form"].initial) == (
        True,
        {"language": "sv"},
    )

    client.post(reverse("people:choose_language"), {"language": "en"})
    assert client.get(reverse("people:account")).headers["Content-Language"] == "en"
    client.post(reverse("people:choose_language"), {"language": "xx"})
    assert client.get(reverse("people:account")).headers["Content-Language"] == "en"


def test_own_roles_are_shown_without_a_link_where_the_unit_cannot_be_opened(client):
    contact = factories.person("Petra Part", provider_contact=factories.provider("Omsorg Exempel AB"))
    client.force_login(contact)

    page = client.get(contact.get_absolute_url())

    assert "Omsorg Exempel AB" in page.text
    assert contact.role_assignments.get().unit.get_absolute_url() not in page.text


def statuses(client, person):
    posts = (
        client.post(reverse(f"people:{name}", args=[person.pk]))
        for name in ("change", "give_password", "remove_second_step", "stop_login", "allow_login")
    )
    return {client.get(person.get_absolute_url()).status_code, *(post.status_code for post in posts)}


def test_who_only_stands_in_for_somebody_is_found_in_that_committee_and_nowhere_else(client, committee, administrator):
    manager = factories.person("Mona Chef", unit_manager=committee)
    deputy = factories.person("Dag Ersatt")
    give_deputy(
        manager.role_assignments.get(),
        by=administrator,
        person=deputy,
        valid_from=date(2026, 3, 16),
        valid_to=date(2026, 3, 31),
    )
    there, elsewhere = committee, factories.committee("Skolnämnden")

    client.force_login(factories.person("Ada Här", system_administrator=there))
    assert client.get(deputy.get_absolute_url()).status_code == 200
    client.force_login(factories.person("Bo Där", system_administrator=elsewhere))
    assert statuses(client, deputy) == {404}


def test_who_has_no_role_yet_is_seen_and_managed_by_whoever_added_the_person(client, committee, administrator):
    here, there = (
        factories.person(name, system_administrator=unit)
        for name, unit in (("Ada Här", committee), ("Bo Där", factories.committee("Skolnämnden")))
    )
    new, _password = add_person(by=here, name="Ny Person", email="ny@example.org")

    client.force_login(there)
    assert (statuses(client, new), "Ny Person" in first_cells(client.get(reverse("people:list")))) == ({404}, False)
    with pytest.raises(PermissionDenied):
        give_new_one_time_password(new, by=there)
    for who in (here, administrator):
        client.force_login(who)
        assert client.post(reverse("people:give_password", args=[new.pk])).context["person"] == new
        assert "Ny Person" in first_cells(client.get(reverse("people:list")))
