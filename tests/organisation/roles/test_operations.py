from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.organisation.models import Unit
from hjulet.organisation.roles.operations import assign_role, end_assignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 16)


def test_a_role_counts_from_the_moment_it_is_given(administrator):
    unit, person = factories.unit(factories.committee()), factories.person()
    assert not holds(person, Permission.ACTIONS_EDIT, unit)

    assignment = assign_role(by=administrator, person=person, role="unit_manager", unit=unit, valid_from=DAY)

    assert holds(person, Permission.ACTIONS_EDIT, unit)
    assert (assignment.person, assignment.role, assignment.unit, assignment.valid_from, assignment.valid_to) == (
        person,
        "unit_manager",
        unit,
        DAY,
        None,
    )
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.unit_id) == ("role.assigned", administrator.pk, unit.pk)
    assert event.after == {
        "person": {"id": person.pk, "name": "Karin Ek"},
        "role": "unit_manager",
        "unit": {"id": unit.pk, "name": "Hemtjänst Norr"},
        "valid_from": "2026-03-16",
        "valid_to": None,
    }


def test_only_those_who_manage_the_organisation_give_roles():
    unit = factories.unit(factories.committee())
    manager = factories.person("Eva Chef", unit_manager=unit)

    with pytest.raises(PermissionDenied):
        assign_role(by=manager, person=manager, role="system_administrator", unit=unit, valid_from=DAY)


@pytest.mark.parametrize(
    ("role", "allowed"), [("provider_contact", True), ("auditor", True), ("employee", False), ("unit_manager", False)]
)
def test_a_role_that_reaches_the_nämnd_is_given_by_whoever_manages_the_nämnd(role, allowed):
    unit = factories.unit(factories.committee())
    administrator = factories.person("Siv System", system_administrator=unit)
    person = factories.person()

    if allowed:
        assert assign_role(by=administrator, person=person, role=role, unit=unit, valid_from=DAY).pk
    else:
        with pytest.raises(PermissionDenied):
            assign_role(by=administrator, person=person, role=role, unit=unit, valid_from=DAY)


def test_the_same_role_in_the_same_unit_is_held_once(administrator):
    unit, person = factories.unit(factories.committee()), factories.person()
    assign_role(by=administrator, person=person, role="employee", unit=unit, valid_from=DAY)

    with pytest.raises(ValidationError) as error:
        assign_role(by=administrator, person=person, role="employee", unit=unit, valid_from=DAY)

    assert error.value.messages == ["Personen har redan den rollen i enheten."]


def test_a_role_ends_after_it_begins(administrator):
    with pytest.raises(ValidationError) as error:
        assign_role(
            by=administrator,
            person=factories.person(),
            role="employee",
            unit=factories.committee(),
            valid_from=DAY,
            valid_to=date(2026, 3, 15),
        )

    assert error.value.messages == ["Slutdatum ska vara samma dag som startdatum eller senare."]


@pytest.mark.parametrize(("valid_to", "refused"), [(None, True), (date(2026, 7, 1), True), (date(2026, 6, 30), False)])
def test_a_role_does_not_outlive_a_closed_unit(administrator, valid_to, refused):
    unit = factories.unit(factories.committee())
    Unit.objects.filter(pk=unit.pk).update(valid_to=date(2026, 6, 30))
    unit.refresh_from_db()
    given = {"by": administrator, "person": factories.person(), "role": "employee", "unit": unit, "valid_from": DAY}

    if refused:
        with pytest.raises(ValidationError) as error:
            assign_role(**given, valid_to=valid_to)
        assert error.value.message_dict == {"valid_to": ["Hemtjänst Norr stängs 2026-06-30."]}
    else:
        assert assign_role(**given, valid_to=valid_to).valid_to == valid_to


def test_an_ended_role_holds_its_last_day_out(administrator, clock):
    unit = factories.unit(factories.committee())
    person = factories.person("Eva Chef", unit_manager=unit)
    assignment = person.role_assignments.get()

    end_assignment(assignment, by=administrator, valid_to=DAY)

    assert holds(assignment.person, Permission.ACTIONS_EDIT, unit)
    clock.shift(24 * 3600)
    person.refresh_from_db()
    person.__dict__.pop("_assignments_today", None)
    assert not holds(person, Permission.ACTIONS_EDIT, unit)
    event = Event.objects.get()
    assert (event.verb, event.unit_id, event.after) == ("role.ended", unit.pk, {"valid_to": "2026-03-16"})


def test_a_role_that_has_ended_is_not_ended_again(administrator):
    unit = factories.unit(factories.committee())
    past = factories.assign(factories.person(), "employee", unit, valid_to=date(2026, 3, 15))
    coming = factories.assign(factories.person("Ola Ek"), "employee", unit, valid_to=date(2026, 12, 31))

    with pytest.raises(Refused) as refusal:
        end_assignment(past, by=administrator, valid_to=DAY)

    assert refusal.value.sentence == "Rollen är redan avslutad: sista dagen var 2026-03-15."
    assert end_assignment(coming, by=administrator, valid_to=DAY).valid_to == DAY


def test_only_those_who_may_give_a_role_end_it():
    unit = factories.unit(factories.committee())
    manager = factories.person("Eva Chef", unit_manager=unit)

    with pytest.raises(PermissionDenied):
        end_assignment(manager.role_assignments.get(), by=manager, valid_to=DAY)


def test_nobody_ends_the_own_last_administrator_role(administrator):
    last = administrator.role_assignments.get()

    with pytest.raises(Refused) as refusal:
        end_assignment(last, by=administrator, valid_to=DAY)
    assert refusal.value.sentence == (
        "Det här är din sista roll som systemförvaltare. Be en annan systemförvaltare att avsluta den."
    )

    colleague = factories.person("Sune System", system_administrator=factories.municipality())
    assert end_assignment(last, by=colleague, valid_to=DAY).valid_to == DAY


def test_one_of_several_own_administrator_roles_may_end(administrator):
    factories.assign(administrator, "system_administrator", factories.committee())

    assert end_assignment(administrator.role_assignments.first(), by=administrator, valid_to=DAY).valid_to == DAY
