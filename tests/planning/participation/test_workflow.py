"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.planning.participation import operations, rules
from hjulet.planning.participation.states import WORKFLOW
from hjulet.planning.participation.states import OutcomeState as S
from tests.factories import municipality, person
from tests.planning.participation.walks import meeting, outcome, outcome_at, plan_action
from tests.workflows import comes_of, holder, stands_before

pytestmark = pytest.mark.django_db

MOVES = {
    "link": plan_action,
    "answer": lambda row, by: operations.answer_without_measure(row, by=by, reason="Regionen beslutar."),
    "reopen": lambda row, by: operations.reopen_outcome(row, by=by, reason="Rådet frågade igen."),
}
ALLOWED = {
    (S.NEW, "link"): S.LINKED,
    # A further action adds to the first.
    (S.LINKED, "link"): S.LINKED,
    (S.NEW, "answer"): S.NO_MEASURE,
    (S.LINKED, "reopen"): S.NEW,
    (S.NO_MEASURE, "reopen"): S.NEW,
}
# Whether the role may note a meeting of the home care unit, and answer what came out of one that it held itself.
MAY = {
    "committee_member": (False, False),
    "committee_secretary": (False, False),
    "social_director": (True, True),
    "quality_developer": (True, True),
    "unit_manager": (True, True),
    "group_manager": (False, True),
    "employee": (False, False),
    "lawyer": (False, False),
    "staff_strategist": (False, False),
    "web_editor": (False, False),
    "medically_responsible": (False, False),
    "lex_sarah_investigator": (False, False),
    "provider_contact": (False, False),
    "auditor": (False, False),
    "log_reviewer": (False, False),
    "system_administrator": (False, False),
}


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_state_and_move(home_care, manager, state, move):
    row = outcome_at(state, manager, home_care)

    said = rules.obstacle_to_leading(row) if move == "link" else rules.obstacle_to_move(row, move)

    assert comes_of(MOVES[move], row, manager) == (ALLOWED.get((state, move)) or (state, said))


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_right(home_care, role, may):
    somebody = holder(role, home_care)
    held = meeting(person(unit_manager=home_care), home_care, owner_person=somebody)

    assert (rules.may_note(somebody, home_care), rules.may_change(somebody, held)) == may


@pytest.mark.parametrize("move", MOVES)
def test_move_without_the_right_is_refused(home_care, move):
    auditor = person("Rita Revisor", auditor=municipality())
    before = stands_before(move, ALLOWED)
    row = outcome_at(before, person(unit_manager=home_care), home_care)

    assert comes_of(MOVES[move], row, auditor) == (before, PermissionDenied)


def test_whoever_plans_actions_but_answers_no_meetings_makes_none_here(home_care):
    nurse = person("Mia Mas", medically_responsible=home_care.committee)
    row = outcome(person(unit_manager=home_care), home_care)

    with pytest.raises(PermissionDenied):
        plan_action(row, nurse)


@pytest.mark.parametrize(
    ("state", "move"), [(S.NEW, operations.answer_without_measure), (S.LINKED, operations.reopen_outcome)]
)
def test_moves_that_need_a_reason(home_care, manager, state, move):
    row = outcome_at(state, manager, home_care)

    with pytest.raises(Refused, match="Skriv en orsak"):
        move(row, by=manager, reason=" ")
