"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.monitoring.recurring_duties import operations, rules
from hjulet.monitoring.recurring_duties.states import WORKFLOW
from hjulet.monitoring.recurring_duties.states import DutyState as S
from tests.factories import municipality, person
from tests.monitoring.recurring_duties.walks import finish, first, occurrence_at, plan
from tests.workflows import comes_of, holder, stands_before

pytestmark = pytest.mark.django_db

MOVES = {
    "finish": finish,
    "reopen": lambda occurrence, by: operations.reopen_duty(occurrence, by=by, reason="Den var inte klar."),
    "set_aside": lambda occurrence, by: operations.set_duty_aside(occurrence, by=by, reason="Inte i år."),
    "restore": lambda occurrence, by: operations.restore_duty(occurrence, by=by, reason="Jo, i år."),
}
ALLOWED = {
    (S.PLANNED, "finish"): S.DONE,
    (S.PLANNED, "set_aside"): S.NOT_APPLICABLE,
    (S.DONE, "reopen"): S.PLANNED,
    (S.NOT_APPLICABLE, "restore"): S.PLANNED,
}
# Whether the role may plan a duty in the home care unit, and finish one there when made responsible in person.
MAY = {
    "committee_member": (False, False),
    "committee_secretary": (False, False),
    "social_director": (True, True),
    "quality_developer": (True, True),
    "unit_manager": (True, True),
    "group_manager": (False, True),
    "employee": (False, True),
    "lawyer": (False, True),
    "staff_strategist": (False, True),
    "web_editor": (False, True),
    "medically_responsible": (True, True),
    "lex_sarah_investigator": (False, False),
    "provider_contact": (False, True),
    "auditor": (False, False),
    "system_administrator": (False, False),
}


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_state_and_move(home_care, manager, state, move):
    occurrence = occurrence_at(state, manager, home_care)

    wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(occurrence, move))

    assert comes_of(MOVES[move], occurrence, manager) == wanted


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_right(home_care, role, may):
    somebody = holder(role, home_care)
    duty = plan(person(unit_manager=home_care), home_care, owner_person=somebody)

    assert (rules.may_change(somebody, duty), rules.may_work_on(somebody, first(duty))) == may
    assert rules.may_plan(somebody, home_care) is may[0]


@pytest.mark.parametrize("move", MOVES)
def test_move_without_the_right_is_refused(home_care, move):
    auditor = person("Rita Revisor", auditor=municipality())
    before = stands_before(move, ALLOWED)
    occurrence = occurrence_at(before, person(unit_manager=home_care), home_care)

    assert comes_of(MOVES[move], occurrence, auditor) == (before, PermissionDenied)


def test_nothing_is_done_before_its_time(home_care, manager):
    next_year = plan(manager, home_care).occurrences.get(due_date="2027-03-31")

    with pytest.raises(Refused, match="Tiden för uppgiften börjar 2027-03-01. Markera den som gjord då."):
        finish(next_year, manager)


@pytest.mark.parametrize(
    ("state", "move"),
    [
        (S.DONE, operations.reopen_duty),
        (S.PLANNED, operations.set_duty_aside),
        (S.NOT_APPLICABLE, operations.restore_duty),
    ],
)
def test_moves_that_need_a_reason(home_care, manager, state, move):
    occurrence = occurrence_at(state, manager, home_care)

    with pytest.raises(Refused, match="Skriv en orsak"):
        move(occurrence, by=manager, reason=" ")
