import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.organisation.models import Person
from hjulet.organisation.people.operations import (
    add_person,
    allow_login,
    change_person,
    choose_own_password,
    give_new_one_time_password,
    remove_second_step,
    stop_login,
)
from hjulet.organisation.people.queries import account_of, people_visible_to, person_page
from hjulet.organisation.people.rules import may_manage
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_new_person_gets_a_password_for_one_time(administrator):
    person, password = add_person(by=administrator, name="Karin Ek", email="karin@example.org", title="Enhetschef")

    assert re.fullmatch(r"([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}", password)
    person.refresh_from_db()
    assert (person.name, person.email, person.title) == ("Karin Ek", "karin@example.org", "Enhetschef")
    assert (person.check_password(password), person.must_change_password, person.is_active) == (True, True, True)
    event = Event.objects.get()
    assert (event.verb, event.target_id, event.after) == (
        "person.added",
        person.pk,
        {"name": "Karin Ek", "email": "karin@example.org", "title": "Enhetschef"},
    )


def test_no_password_reaches_the_audit_log(administrator):
    person, first = add_person(by=administrator, name="Karin Ek", email="karin@example.org")
    second = give_new_one_time_password(person, by=administrator)
    choose_own_password(person, by=person, password=factories.PASSWORD)

    said = str(list(Event.objects.values()))
    assert [secret for secret in (first, second, factories.PASSWORD, person.password) if secret in said] == []


def test_two_people_do_not_share_an_address(administrator):
    add_person(by=administrator, name="Karin Ek", email="karin@example.org")

    with pytest.raises(ValidationError):
        add_person(by=administrator, name="Karin Al", email="Karin@Example.org")

    assert Person.objects.filter(email__iexact="karin@example.org").count() == 1


def test_a_change_is_audited_and_an_old_address_no_longer_counts(administrator):
    person = factories.person("Karin Ek")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)

    change_person(
        person, by=administrator, revision=person.revision, name="Karin Al", email="karin.al@example.org", title=""
    )

    person.refresh_from_db()
    assert (person.name, person.email) == ("Karin Al", "karin.al@example.org")
    assert EmailAddress.objects.count() == 0
    event = Event.objects.get()
    assert (event.verb, event.before, event.after) == (
        "person.changed",
        {"name": "Karin Ek", "email": "karin.ek@example.org"},
        {"name": "Karin Al", "email": "karin.al@example.org"},
    )


def test_saving_the_same_again_leaves_no_trace(administrator):
    person = factories.person("Karin Ek")

    change_person(person, by=administrator, revision=person.revision, name=person.name, email=person.email, title="")

    assert Event.objects.count() == 0


def test_a_new_one_time_password_replaces_the_old(administrator):
    person = factories.person()

    password = give_new_one_time_password(person, by=administrator)

    person.refresh_from_db()
    assert person.check_password(password)
    assert not person.check_password(factories.PASSWORD)
    assert person.must_change_password


def test_an_own_password_ends_the_one_time_one():
    person = factories.person()
    person.must_change_password = True
    person.save()

    choose_own_password(person, by=person, password="korrekt häst batteri")

    person.refresh_from_db()
    assert (person.check_password("korrekt häst batteri"), person.must_change_password) == (True, False)


def test_nobody_chooses_anothers_password(administrator):
    with pytest.raises(PermissionDenied):
        choose_own_password(factories.person(), by=administrator, password="korrekt häst batteri")


def test_login_is_stopped_with_a_reason_and_allowed_again(administrator):
    person = factories.person()

    stop_login(person, by=administrator, reason="Har slutat")
    person.refresh_from_db()
    assert person.is_active is False
    with pytest.raises(Refused) as refusal:
        stop_login(person, by=administrator, reason="Igen")
    assert refusal.value.sentence == "Karin Ek är redan avstängd från inloggning."
    with pytest.raises(Refused) as refusal:
        give_new_one_time_password(person, by=administrator)
    assert refusal.value.sentence == "Karin Ek är avstängd från inloggning. Öppna inloggningen först."

    allow_login(person, by=administrator)
    person.refresh_from_db()
    assert person.is_active is True
    with pytest.raises(Refused) as refusal:
        allow_login(person, by=administrator)
    assert refusal.value.sentence == "Karin Ek kan redan logga in."
    assert [(event.verb, event.after) for event in Event.objects.order_by("number")] == [
        ("person.login_stopped", {"reason": "Har slutat"}),
        ("person.login_allowed", {}),
    ]


def test_nobody_stops_themselves(administrator):
    with pytest.raises(Refused) as refusal:
        stop_login(administrator, by=administrator, reason="Ledig")

    assert refusal.value.sentence == "Du kan inte stänga din egen inloggning. Be en annan systemförvaltare."


def test_a_lost_telephone_is_helped_by_removing_the_second_step(administrator):
    person = factories.person()
    with pytest.raises(Refused) as refusal:
        remove_second_step(person, by=administrator, reason="Tappad telefon")
    assert refusal.value.sentence == "Karin Ek loggar in utan andra steg; det finns inget att ta bort."
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})

    remove_second_step(person, by=administrator, reason="Tappad telefon")

    assert Authenticator.objects.count() == 0
    assert [(event.verb, event.after) for event in Event.objects.all()] == [
        ("person.second_step_removed", {"reason": "Tappad telefon"})
    ]


def test_people_are_managed_by_those_who_manage_all_their_units():
    social, school = factories.committee("Socialnämnden"), factories.committee("Skolnämnden")
    of_both = factories.person("Siv System", system_administrator=factories.municipality())
    of_social = factories.person("Sune System", system_administrator=social)
    manager = factories.person("Eva Chef", unit_manager=factories.unit(social))
    teacher = factories.person("Lars Lärare", employee=school)
    both = factories.person("Bo Båda", employee=social)
    factories.assign(both, "employee", school)
    nobody_yet = factories.person("Ny Anställd")
    people = (of_both, of_social, manager, teacher, both, nobody_yet)

    managed = {
        person.name: [other.name for other in people if may_manage(person, other)]
        for person in (of_both, of_social, manager)
    }

    assert managed == {
        "Siv System": [other.name for other in people],
        "Sune System": ["Sune System", "Eva Chef"],
        "Eva Chef": [],
    }
    assert not may_manage(of_both, Person.objects.machine())


def test_every_operation_asks_the_rule():
    committee = factories.committee()
    manager = factories.person("Eva Chef", unit_manager=committee)
    person = factories.person("Karin Ek", employee=committee)

    for act in (
        lambda: add_person(by=manager, name="Ny", email="ny@example.org"),
        lambda: change_person(
            person, by=manager, revision=person.revision, name="Ny", email="ny@example.org", title=""
        ),
        lambda: give_new_one_time_password(person, by=manager),
        lambda: remove_second_step(person, by=manager, reason="x"),
        lambda: stop_login(person, by=manager, reason="x"),
        lambda: allow_login(person, by=manager),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Event.objects.count() == 0


def test_people_are_seen_within_the_nämnd():
    social, school = factories.committee("Socialnämnden"), factories.committee("Skolnämnden")
    administrator = factories.person("Siv System", system_administrator=social)
    of_school = factories.person("Sture System", system_administrator=school)
    manager = factories.person("Eva Chef", unit_manager=factories.unit(social))
    teacher = factories.person("Lars Lärare", employee=school)
    nobody_yet, _password = add_person(by=administrator, name="Ny Anställd", email="ny@example.org")
    contact = factories.person("Ulla Utförare", provider_contact=factories.provider())

    assert {
        person.name: [other.name for other in people_visible_to(person)]
        for person in (administrator, of_school, manager, teacher, nobody_yet, contact)
    } == {
        "Siv System": ["Eva Chef", "Ny Anställd", "Siv System"],
        "Sture System": ["Lars Lärare", "Sture System"],
        "Eva Chef": ["Eva Chef", "Siv System"],
        "Lars Lärare": ["Lars Lärare", "Sture System"],
        "Ny Anställd": ["Ny Anställd"],
        "Ulla Utförare": ["Ulla Utförare"],
    }


def test_the_page_of_a_person_shows_roles_within_reach():
    social, school = factories.committee("Socialnämnden"), factories.committee("Skolnämnden")
    manager = factories.person("Eva Chef", unit_manager=social)
    both = factories.person("Bo Båda", employee=social)
    factories.assign(both, "employee", school)

    page = person_page(manager, both)

    assert [post.held.unit for post in page.assignments] == [social]
    assert page.may_manage is False


def test_the_own_account_knows_how_one_logs_in():
    person = factories.person("Eva Chef", unit_manager=factories.committee())
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})

    account = account_of(person)

    assert (account.has_app, account.passkeys, account.has_recovery_codes) == (True, 2, False)
    assert [held.role for held in account.assignments] == ["unit_manager"]
