"""What groups give and take, who may say so, and what is never touched."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.organisation.models import GroupRole, Person, RoleAssignment, SeenGroup
from hjulet.organisation.people.operations import (
    add_person_from_login,
    choose_own_password,
    link_login,
    stop_login,
    unlink_login,
)
from hjulet.organisation.roles.models import Origin
from hjulet.organisation.roles.operations import assign_role, end_assignment, take_back_assignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.sign_on.operations import (
    bring_roles_into_line,
    change_group_role,
    come_in,
    map_group,
    remember_groups,
    unmap_group,
)
from hjulet.organisation.sign_on.queries import person_with_address
from hjulet.organisation.sign_on.told import Told
from hjulet.organisation.units.operations import close_unit
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 16)


@pytest.fixture
def machine():
    return Person.objects.machine()


@pytest.fixture
def administrator():
    return factories.person("Siv System", system_administrator=factories.municipality())


@pytest.fixture
def logs_in(configure, machine):
    """`logs_in("Karin Ek", "Chefer", day=…)`: what a login does, without the browser."""
    configure(OIDC_ISSUER="https://id.example.org", OIDC_CLIENT_ID="x", OIDC_CLIENT_SECRET="y", SSO_ADD_PEOPLE="true")

    def logs_in(name, *groups, day=DAY):
        email = f"{name.lower().replace(' ', '.')}@example.org"
        told = Told(subject=name, name=name, verified_email=email, groups=frozenset(groups))
        return come_in(told, by=machine, provider="openid_connect", day=day).user

    return logs_in


def given(person):
    """Each role that the person has had, with its days and where it came from."""
    return sorted(person.role_assignments.values_list("role", "unit__name", "valid_from", "valid_to", "origin"))


def test_roles_follow_the_groups_from_login_to_login(logs_in, administrator):
    unit = factories.unit(factories.committee())
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    map_group(by=administrator, value="Alla", role="employee", unit=unit)

    person = logs_in("Karin Ek", "Chefer")
    assert given(person) == [("unit_manager", "Hemtjänst Norr", DAY, None, "group")]

    logs_in("Karin Ek", "Alla", "Chefer", day=DAY + timedelta(days=1))
    logs_in("Karin Ek", "Alla", day=DAY + timedelta(days=9))
    assert given(person) == [
        ("employee", "Hemtjänst Norr", DAY + timedelta(days=1), None, "group"),
        ("unit_manager", "Hemtjänst Norr", DAY, DAY + timedelta(days=8), "group"),
    ]

    logs_in("Karin Ek", "Chefer", day=DAY + timedelta(days=20))
    assert [row for row in given(person) if row[3] is None] == [
        ("unit_manager", "Hemtjänst Norr", DAY + timedelta(days=20), None, "group")
    ]


def test_a_role_that_is_gone_at_the_next_login_of_the_day_is_gone_at_once(logs_in, administrator):
    unit = factories.unit(factories.committee())
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    person = logs_in("Karin Ek", "Chefer")
    assert holds(Person.objects.get(pk=person.pk), Permission.ACTIONS_EDIT, unit)

    logs_in("Karin Ek")

    assert not holds(Person.objects.get(pk=person.pk), Permission.ACTIONS_EDIT, unit)
    assert given(person) == [("unit_manager", "Hemtjänst Norr", DAY, DAY - timedelta(days=1), "group")]
    event = Event.objects.first()
    assert (event.verb, event.actor_name, event.before["valid_to"], event.after) == (
        "role.ended",
        "Kvalitetshjulet",
        None,
        {"valid_to": "2026-03-15", "origin": "group"},
    )

    logs_in("Karin Ek", "Chefer")
    assert holds(Person.objects.get(pk=person.pk), Permission.ACTIONS_EDIT, unit)


def test_what_was_given_by_hand_is_never_touched(logs_in, administrator):
    unit = factories.unit(factories.committee())
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    person = factories.person("Karin Ek")
    assign_role(by=administrator, person=person, role="unit_manager", unit=unit, valid_from=DAY)
    assign_role(by=administrator, person=person, role="lawyer", unit=unit, valid_from=DAY)
    by_hand = given(person)

    logs_in("Karin Ek", "Chefer")
    logs_in("Karin Ek")

    assert given(person) == by_hand
    assert {row[4] for row in by_hand} == {"hand"}


def test_a_role_from_a_login_that_was_ended_by_hand_comes_back_while_the_group_gives_it(logs_in, administrator):
    """The mapping is the rule: whoever is to lose the role loses the group, or the mapping does."""
    unit = factories.unit(factories.committee())
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    person = logs_in("Karin Ek", "Chefer", day=DAY - timedelta(days=5))
    end_assignment(person.role_assignments.get(), by=administrator, valid_to=DAY - timedelta(days=1))

    logs_in("Karin Ek", "Chefer")

    assert [row[2:4] for row in given(person)] == [
        (DAY - timedelta(days=5), DAY - timedelta(days=1)),
        (DAY, None),
    ]


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("karin.ek@example.org", "Karin Ek"),
        ("karın.ek@example.org", None),
        ("karin_ek@example.org", None),
        ("karin%", None),
        ("", None),
    ],
)
def test_an_address_is_the_same_letter_for_letter(email, name):
    factories.person("Karin Ek")

    found = person_with_address(email)

    assert (found and found.name) == name


def test_the_case_of_an_address_does_not_matter():
    person = factories.person("Karin Ek")
    person.email = "Karin.Ek@Example.org"
    person.save()

    assert person_with_address("karin.ek@example.org") == person


def test_two_groups_that_give_the_same_give_it_once(logs_in, administrator):
    unit = factories.unit(factories.committee())
    for group in ("Chefer", "Ledning"):
        map_group(by=administrator, value=group, role="unit_manager", unit=unit)

    person = logs_in("Karin Ek", "Chefer", "Ledning")
    logs_in("Karin Ek", "Ledning", day=DAY + timedelta(days=1))

    assert given(person) == [("unit_manager", "Hemtjänst Norr", DAY, None, "group")]


def test_a_unit_that_closes_gives_no_longer_than_it_stands(logs_in, administrator):
    closing = factories.unit(factories.committee())
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=closing)
    close_unit(closing, by=administrator, revision=closing.revision, valid_to=DAY + timedelta(days=3))

    person = logs_in("Karin Ek", "Chefer")
    logs_in("Karin Ek", "Chefer", day=DAY + timedelta(days=4))

    assert given(person) == [("unit_manager", "Hemtjänst Norr", DAY, DAY + timedelta(days=3), "group")]


def test_the_last_administrator_keeps_the_role(logs_in):
    municipality = factories.municipality()
    machine = Person.objects.machine()
    map_group(by=machine, value="Förvaltare", role="system_administrator", unit=municipality)
    person = logs_in("Karin Ek", "Förvaltare")

    logs_in("Karin Ek")
    assert [row[3] for row in given(person)] == [None]

    elsewhere = factories.person("Ulf Enhet", system_administrator=factories.committee())
    logs_in("Karin Ek")
    assert [row[3] for row in given(person)] == [None], elsewhere

    factories.person("Siv System", system_administrator=municipality)
    logs_in("Karin Ek")
    assert [row[3] for row in given(person)] == [DAY - timedelta(days=1)]


@pytest.mark.django_db(transaction=True)
def test_two_who_log_in_at_once_do_not_both_lose_the_last_roles(monkeypatch):
    municipality, machine = factories.municipality(), Person.objects.machine()
    people = [factories.person(name, system_administrator=municipality) for name in ("Karin Ek", "Siv System")]
    RoleAssignment.objects.update(origin=Origin.GROUP)
    both_have_counted = Barrier(2)

    def take_back(assignment, **given):
        with suppress(BrokenBarrierError):
            both_have_counted.wait(0.5)
        return take_back_assignment(assignment, **given)

    monkeypatch.setattr("hjulet.organisation.sign_on.operations.take_back_assignment", take_back)

    def log_in(person):
        try:
            bring_roles_into_line(person, by=machine, gives=[], day=DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(log_in, people))

    assert RoleAssignment.objects.on(DAY).filter(role="system_administrator").count() == 1


def test_a_switched_off_administrator_does_not_count_as_another(logs_in):
    municipality = factories.municipality()
    map_group(by=Person.objects.machine(), value="Förvaltare", role="system_administrator", unit=municipality)
    person = logs_in("Karin Ek", "Förvaltare")
    other = factories.person("Siv System", system_administrator=municipality)
    stop_login(other, by=person, reason="Har slutat")

    logs_in("Karin Ek")

    assert [row[3] for row in given(person)] == [None]


def test_groups_are_remembered_for_the_latest_login_only_and_forgotten(logs_in, machine):
    person = factories.person("Karin Ek")
    logs_in("Karin Ek", "A", "B")
    logs_in("Karin Ek", "B", "C", day=DAY + timedelta(days=1))
    remember_groups({"X"}, by=machine, day=DAY)
    remember_groups({"X", "Y"}, by=machine, day=DAY + timedelta(days=2))

    assert sorted(SeenGroup.objects.values_list("value", "person", "seen_on"), key=str) == sorted(
        [
            ("B", person.pk, DAY + timedelta(days=1)),
            ("C", person.pk, DAY + timedelta(days=1)),
            ("X", None, DAY + timedelta(days=2)),
            ("Y", None, DAY + timedelta(days=2)),
        ],
        key=str,
    )

    remember_groups(set(), by=machine, day=DAY + timedelta(days=92))
    assert set(SeenGroup.objects.values_list("value", flat=True)) == {"X", "Y"}


def test_a_mapping_is_added_changed_and_removed_with_a_trace(administrator):
    unit = factories.unit(factories.committee())

    row = map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    change_group_role(row, by=administrator, revision=1, value="Chefer", role="group_manager", unit=unit)
    unmap_group(row, by=administrator, reason="Gruppen är borta")

    events = Event.objects.order_by("number").values_list("verb", "unit_id", "before", "after")
    place = {"id": unit.pk, "name": "Hemtjänst Norr"}
    assert list(events) == [
        ("group_role.added", unit.pk, {}, {"value": "Chefer", "role": "unit_manager", "unit": place}),
        ("group_role.changed", unit.pk, {"role": "unit_manager"}, {"role": "group_manager"}),
        (
            "group_role.removed",
            unit.pk,
            {"value": "Chefer", "role": "group_manager", "unit": place},
            {"reason": "Gruppen är borta"},
        ),
    ]
    assert GroupRole.objects.count() == 0


def test_two_who_change_the_same_mapping_meet(administrator):
    unit = factories.unit(factories.committee())
    row = map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    change_group_role(row, by=administrator, revision=1, value="Ledning", role="unit_manager", unit=unit)

    with pytest.raises(EditConflict):
        change_group_role(row, by=administrator, revision=1, value="Chefer", role="lawyer", unit=unit)


def test_a_change_of_nothing_leaves_no_trace(administrator):
    unit = factories.unit(factories.committee())
    row = map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)

    change_group_role(row, by=administrator, revision=1, value="Chefer", role="unit_manager", unit=unit)

    assert (row.revision, Event.objects.count()) == (1, 1)


@pytest.mark.parametrize(("value", "field"), [("", "value"), ("x" * 201, "value"), ("Chefer", "__all__")])
def test_a_mapping_has_a_group_and_stands_once(administrator, value, field):
    unit = factories.unit(factories.committee())
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)

    with pytest.raises(ValidationError) as error:
        map_group(by=administrator, value=value, role="unit_manager", unit=unit)

    assert next(iter(error.value.message_dict)) == field


@pytest.mark.parametrize(
    ("role", "allowed"), [("provider_contact", True), ("system_administrator", True), ("employee", False)]
)
def test_a_group_gives_what_its_administrator_may_give(role, allowed):
    """A role that reaches the whole nämnd is let out by those who manage the whole nämnd."""
    unit = factories.unit(factories.committee())
    local = factories.person("Lo Lokal", system_administrator=unit)

    if allowed:
        assert map_group(by=local, value="Grupp", role=role, unit=unit).pk
    else:
        with pytest.raises(PermissionDenied):
            map_group(by=local, value="Grupp", role=role, unit=unit)


def test_nobody_maps_or_changes_into_another_nämnd(administrator):
    ours, theirs = factories.committee(), factories.committee("Skolnämnden")
    local = factories.person("Lo Lokal", system_administrator=ours)
    row = map_group(by=local, value="Grupp", role="employee", unit=ours)
    foreign = map_group(by=administrator, value="Grupp", role="employee", unit=theirs)

    for act in (
        lambda: map_group(by=local, value="Grupp", role="lawyer", unit=theirs),
        lambda: change_group_role(row, by=local, revision=1, value="Grupp", role="employee", unit=theirs),
        lambda: change_group_role(foreign, by=local, revision=1, value="Grupp", role="employee", unit=ours),
        lambda: unmap_group(foreign, by=local, reason="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_only_a_login_does_what_a_login_does(administrator, logs_in):
    unit = factories.unit(factories.committee())
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    person = logs_in("Karin Ek", "Chefer")
    by_hand = assign_role(by=administrator, person=person, role="lawyer", unit=unit, valid_from=DAY)
    told = Told(subject="x", name="X", verified_email="x@example.org", groups=frozenset())

    for act in (
        lambda: come_in(told, by=administrator, provider="openid_connect", day=DAY),
        lambda: link_login(person, by=administrator, provider="saml", subject="x"),
        lambda: add_person_from_login(by=administrator, name="X", email="x@example.org"),
        lambda: take_back_assignment(RoleAssignment.objects.get(origin="group"), by=administrator, day=DAY),
        lambda: take_back_assignment(by_hand, by=Person.objects.machine(), day=DAY),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_rows_of_the_database_refuse_nonsense(administrator):
    unit = factories.unit(factories.committee())
    person = factories.person()
    for wrong in (
        GroupRole(value="", role="employee", unit=unit),
        RoleAssignment(
            person=person, role="lawyer", unit=unit, valid_from=DAY, valid_to=DAY - timedelta(days=1), origin="hand"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
    SeenGroup.objects.create(value="X", seen_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeenGroup.objects.create(value="X", seen_on=DAY)


def test_a_link_is_removed_by_whoever_manages_the_person(logs_in, administrator):
    person = logs_in("Siv System")
    assert person == administrator
    local = factories.person("Lo Lokal", system_administrator=factories.committee())

    with pytest.raises(PermissionDenied):
        unlink_login(person, by=local, reason="x")
    unlink_login(person, by=administrator, reason="Nytt konto")

    event = Event.objects.first()
    assert (event.verb, event.target_id, event.after) == (
        "person.login_unlinked",
        person.pk,
        {"reason": "Nytt konto"},
    )
    with pytest.raises(Refused) as refusal:
        unlink_login(person, by=administrator, reason="x")
    assert refusal.value.sentence == "Siv System är inte kopplad till någon inloggningstjänst."


def test_a_password_is_chosen_only_by_those_who_may_use_one(logs_in, settings, administrator):
    person = factories.person("Karin Ek")
    settings.PASSWORD_FOR_EVERYONE = False

    with pytest.raises(Refused) as refusal:
        choose_own_password(person, by=person, password="x")

    assert refusal.value.sentence == "Lösenord är bara till för systemförvaltare. Logga in med kommunens konto."
    choose_own_password(administrator, by=administrator, password="x")
    assert administrator.check_password("x")


def test_an_administrator_by_group_alone_is_no_local_one(logs_in, settings):
    settings.PASSWORD_FOR_EVERYONE = False
    machine, municipality = Person.objects.machine(), factories.municipality()
    map_group(by=machine, value="Förvaltare", role="system_administrator", unit=municipality)
    person = logs_in("Karin Ek", "Förvaltare")

    with pytest.raises(Refused):
        choose_own_password(person, by=person, password="x")


def test_nothing_happens_to_someone_whose_groups_say_the_same(administrator):
    person = factories.person("Karin Ek", employee=factories.committee())

    bring_roles_into_line(person, by=Person.objects.machine(), gives=[], day=DAY)

    assert Event.objects.count() == 0
