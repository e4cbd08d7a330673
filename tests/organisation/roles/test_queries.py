from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hjulet.actions.models import Action
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import (
    assignments_of,
    forget_assignments,
    holds,
    holds_anywhere,
    people_who,
    reaches_widely,
    units_within_reach,
)
from tests import factories

pytestmark = pytest.mark.django_db
P = Permission


@pytest.fixture
def places():
    """Two nämnder with the same shape, and a provider beside them."""
    social, school = factories.committee("Socialnämnden"), factories.committee("Skolnämnden")
    places = {"kommun": factories.municipality(), "social": social, "school": school}
    places["adm"] = factories.administration(social)
    places["north"] = factories.unit(places["adm"], "Norr")
    places["south"] = factories.unit(places["adm"], "Syd")
    places["group"] = factories.group(places["north"])
    places["school_unit"] = factories.unit(school, "Skolan")
    places["provider"] = factories.provider()
    return places


SOCIAL = {"social", "adm", "north", "south", "group"}
ALL = SOCIAL | {"kommun", "school", "school_unit", "provider"}


@pytest.mark.parametrize(
    ("role", "where", "permission", "reached"),
    [
        # in the unit and below it
        ("unit_manager", "north", P.ACTIONS_EDIT, {"north", "group"}),
        ("unit_manager", "adm", P.ACTIONS_EDIT, {"adm", "north", "south", "group"}),
        ("group_manager", "group", P.ACTIONS_EDIT, {"group"}),
        ("provider_contact", "provider", P.ACTIONS_READ, {"provider"}),
        ("system_administrator", "social", P.ORGANISATION_MANAGE, SOCIAL),
        ("committee_secretary", "social", P.DECISIONS_RECORD, SOCIAL),
        # in the whole nämnd, from anywhere in it, and never in the other one
        ("unit_manager", "group", P.RISKS_READ, SOCIAL),
        ("committee_member", "social", P.PLANS_READ, SOCIAL),
        ("employee", "south", P.GOALS_READ, SOCIAL),
        ("quality_developer", "school", P.RISKS_READ, {"school", "school_unit"}),
        # a role held by the municipality reaches everything below it
        ("auditor", "kommun", P.RISKS_READ, ALL),
        ("quality_developer", "kommun", P.RISKS_READ, ALL),
        ("quality_developer", "kommun", P.PLANS_EDIT, ALL),
        # an auditor's reading is where the role is held, not the whole nämnd
        ("auditor", "north", P.RISKS_READ, {"north", "group"}),
        # not granted at all
        ("employee", "north", P.RISKS_READ, set()),
        ("system_administrator", "kommun", P.RISKS_READ, set()),
        ("auditor", "kommun", P.ACTIONS_EDIT, set()),
    ],
)
def test_reach_is_the_same_in_the_list_and_in_the_single_question(places, role, where, permission, reached):
    person = factories.person("Karin Ek", **{role: places[where]})

    listed = set(units_within_reach(person, permission))
    asked = {name for name, unit in places.items() if holds(person, permission, unit)}

    assert listed == {places[name] for name in reached}
    assert asked == reached
    assert holds_anywhere(person, permission) == bool(reached)


@pytest.mark.parametrize(
    ("role", "where", "permission", "wide"),
    [
        ("quality_developer", "kommun", P.RISKS_READ, True),
        ("committee_secretary", "social", P.DECISIONS_RECORD, True),
        ("unit_manager", "group", P.RISKS_READ, True),
        ("unit_manager", "adm", P.ACTIONS_EDIT, False),
        ("auditor", "north", P.RISKS_READ, False),
        ("auditor", "kommun", P.ACTIONS_EDIT, False),
    ],
)
def test_a_whole_committee_or_more_is_a_wide_reach(places, role, where, permission, wide):
    assert reaches_widely(factories.person("Karin Ek", **{role: places[where]}), permission) is wide


def test_the_machine_reaches_widely():
    assert reaches_widely(Person.objects.get(is_machine=True), P.RISKS_READ)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "reaches"),
    [
        (date(2026, 3, 16), None, True),
        (date(2020, 1, 1), date(2026, 3, 16), True),
        (date(2026, 3, 17), None, False),
        (date(2020, 1, 1), date(2026, 3, 15), False),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(places, valid_from, valid_to, reaches):
    person = factories.person()
    factories.assign(person, "unit_manager", places["group"], valid_from=valid_from, valid_to=valid_to)

    assert set(units_within_reach(person, P.ACTIONS_EDIT)) == ({places["group"]} if reaches else set())
    assert holds(person, P.ACTIONS_EDIT, places["group"]) is reaches
    assert holds_anywhere(person, P.ACTIONS_EDIT) is reaches


def test_reaches_add_up(places):
    person = factories.person("Karin Ek", group_manager=places["group"], employee=places["school_unit"])

    assert set(units_within_reach(person, P.ACTIONS_READ)) == {places[name] for name in SOCIAL | {"school_unit"}}
    assert set(units_within_reach(person, P.GOALS_READ)) == {
        places[name] for name in SOCIAL | {"school", "school_unit"}
    }


def test_a_place_is_asked_for_once_however_many_roles_reach_it(places):
    """Beside it a place of its own, and none for what lies below."""
    person = factories.person("Karin Ek", unit_manager=places["adm"], medically_responsible=places["adm"])
    factories.assign(person, "unit_manager", places["group"])
    factories.assign(person, "unit_manager", places["school_unit"])

    reached = units_within_reach(person, P.ACTIONS_EDIT)

    assert set(reached) == {places[name] for name in ("adm", "north", "south", "group", "school_unit")}
    assert str(reached.query).count(" LIKE ") == 2


def test_a_path_is_compared_by_whole_keys(places):
    """Unit 1 is not above unit 12, though the figures begin alike."""
    first = places["north"]
    look_alike = factories.unit(places["school"], "Lik")
    Unit.objects.filter(pk=look_alike.pk).update(path=first.path.rstrip("/") + "7/")
    look_alike.refresh_from_db()
    person = factories.person("Karin Ek", unit_manager=first)

    assert look_alike not in units_within_reach(person, P.ACTIONS_EDIT)
    assert not holds(person, P.ACTIONS_EDIT, look_alike)


def test_whoever_is_stopped_reaches_nothing(places):
    person = factories.person("Karin Ek", auditor=places["kommun"])
    person.is_active = False

    assert list(units_within_reach(person, P.RISKS_READ)) == []
    assert not holds(person, P.RISKS_READ, places["north"])
    assert not holds_anywhere(person, P.RISKS_READ)


def test_the_machine_reaches_everything(places):
    machine = Person.objects.machine()

    assert set(units_within_reach(machine, P.PLANS_EDIT)) == set(places.values())
    assert holds(machine, P.PLANS_EDIT, places["north"])
    assert holds(machine, P.ORGANISATION_MANAGE, None)
    assert holds_anywhere(machine, P.PLANS_EDIT)


def test_nobody_else_holds_anything_nowhere(places):
    person = factories.person("Siv System", system_administrator=places["kommun"])

    assert not holds(person, P.ORGANISATION_MANAGE, None)


def test_roles_are_read_once(places, django_assert_num_queries):
    person = factories.person("Karin Ek", unit_manager=places["north"])

    with django_assert_num_queries(1):
        assert holds(person, P.ACTIONS_EDIT, places["group"])
        assert not holds(person, P.ACTIONS_EDIT, places["south"])
        assert holds_anywhere(person, P.RISKS_READ)


def test_roles_are_read_again_after_being_forgotten(places):
    person = factories.person()
    assert assignments_of(person) == []
    assigned = factories.assign(person, "employee", places["north"])
    assert assignments_of(person) == []

    forget_assignments(person)

    assert assignments_of(person) == [assigned]


def test_the_statement_is_as_long_for_many_units_as_for_few(places):
    person = factories.person("Karin Ek", auditor=places["kommun"], employee=places["south"])
    assert len(assignments_of(person)) == 2

    with CaptureQueriesContext(connection) as few:
        list(Action.objects.visible_to(person))
    for number in range(30):
        factories.unit(places["adm"], f"Enhet {number}")
    with CaptureQueriesContext(connection) as many:
        list(Action.objects.visible_to(person))

    assert [query["sql"] for query in many] == [query["sql"] for query in few]
    assert len(many) == 1


@pytest.mark.parametrize("permission", [P.ACTIONS_READ, P.ACTIONS_EDIT, P.DECISIONS_RECORD])
def test_people_who_may_are_those_for_whom_it_holds(permission):
    board = factories.committee()
    home_care, other = factories.unit(board), factories.unit(board, "Hemtjänst Syd")
    people = [
        factories.person("A", unit_manager=home_care),
        factories.person("B", unit_manager=other),
        factories.person("C", committee_secretary=board),
        factories.person("D", unit_manager=factories.unit(factories.committee("Äldrenämnden"))),
        factories.person("E", auditor=factories.municipality()),
        factories.person("F", employee=factories.group(home_care)),
        factories.person("G"),
    ]
    stopped = factories.person("H", unit_manager=home_care)
    stopped.is_active = False
    stopped.save()
    factories.assign(people[-1], "unit_manager", home_care, valid_to=date(2026, 3, 15))

    for where in (home_care, board, board.parent):
        assert set(people_who(permission, where)) == {
            one for one in [*people, stopped] if holds(one, permission, where)
        }
