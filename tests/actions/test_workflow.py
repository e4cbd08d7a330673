"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.actions import operations, rules
from hjulet.actions.states import WORKFLOW
from hjulet.actions.states import ActionState as S
from hjulet.base.operations import Refused
from tests.actions.walks import TODAY, action_at, check, complete
from tests.factories import group, municipality, person
from tests.workflows import comes_of, holder

pytestmark = pytest.mark.django_db

MOVES = {
    "start": lambda action, by: operations.start_action(action, by=by),
    "hinder": lambda action, by: operations.hinder_action(action, by=by, reason="Sjukdom."),
    "resume": lambda action, by: operations.resume_action(action, by=by),
    "complete": complete,
    "reopen": lambda action, by: operations.reopen_action(action, by=by, reason="Det räckte inte."),
    "close": lambda action, by: operations.close_action(action, by=by),
    "cancel": lambda action, by: operations.cancel_action(action, by=by, reason="Behövs inte."),
}
ALLOWED = {
    (S.PLANNED, "start"): S.ONGOING,
    (S.PLANNED, "hinder"): S.HINDERED,
    (S.PLANNED, "complete"): S.DONE,
    (S.PLANNED, "cancel"): S.CANCELLED,
    (S.ONGOING, "hinder"): S.HINDERED,
    (S.ONGOING, "complete"): S.DONE,
    (S.ONGOING, "cancel"): S.CANCELLED,
    (S.HINDERED, "resume"): S.ONGOING,
    (S.HINDERED, "complete"): S.DONE,
    (S.HINDERED, "cancel"): S.CANCELLED,
    (S.DONE, "reopen"): S.ONGOING,
}
# Whether the role may move an action of the home care unit that nobody in the table is responsible for.
MAY_MOVE = {
    "committee_member": False,
    "committee_secretary": False,
    "social_director": True,
    "quality_developer": True,
    "unit_manager": True,
    "group_manager": False,
    "employee": False,
    "lawyer": False,
    "staff_strategist": False,
    "web_editor": False,
    "medically_responsible": True,
    "lex_sarah_investigator": True,
    "provider_contact": False,
    "auditor": False,
    "log_reviewer": False,
    "system_administrator": False,
}


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_state_and_move(home_care, manager, state, move):
    action = action_at(state, manager, home_care)

    wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(action, move))

    assert comes_of(MOVES[move], action, manager) == wanted


@pytest.mark.parametrize(("role", "may"), MAY_MOVE.items())
def test_role_and_move(home_care, role, may):
    somebody = holder(role, home_care)
    action = action_at(S.PLANNED, person(unit_manager=home_care), home_care)

    wanted = S.ONGOING if may else (S.PLANNED, PermissionDenied)

    assert comes_of(MOVES["start"], action, somebody) == wanted


def test_whoever_is_responsible_may_move_but_not_change(home_care):
    assistant = person("Ali Strand", employee=group(home_care))
    action = action_at(S.PLANNED, person(unit_manager=home_care), home_care, owner_person=assistant)

    operations.start_action(action, by=assistant)

    assert (action.state, rules.may_change(assistant, action)) == (S.ONGOING, False)


def test_a_role_that_is_responsible_may_move(home_care):
    assistant = person("Ali Strand", employee=group(home_care))
    action = action_at(S.PLANNED, person(unit_manager=home_care), home_care, owner_role="employee")

    operations.start_action(action, by=assistant)

    assert action.state == S.ONGOING


def test_whoever_only_reads_does_not_move_even_when_made_responsible(home_care):
    auditor = person("Bengt Alm", auditor=municipality())
    action = action_at(S.PLANNED, person(unit_manager=home_care), home_care, owner_person=auditor)

    with pytest.raises(PermissionDenied):
        operations.start_action(action, by=auditor)


def test_close_asks_for_an_effect_check_made_after_the_action_was_carried_out(home_care, manager):
    action = action_at(S.DONE, manager, home_care)
    assert rules.obstacle_to_move(action, "close") == "Bedöm först om åtgärden fick effekt."

    check(action, manager)
    operations.close_action(action, by=manager)

    assert action.state == S.CLOSED


def test_an_effect_check_from_before_the_reopening_does_not_close(home_care, manager, clock):
    action = action_at(S.DONE, manager, home_care)
    check(action, manager)
    operations.reopen_action(action, by=manager, reason="Det räckte inte.")
    clock.move_to("2026-04-01 10:00+02:00")
    operations.complete_action(action, by=manager, result="Klart igen.", completed_date=TODAY.replace(month=4, day=1))

    with pytest.raises(Refused, match="Bedöm först"):
        operations.close_action(action, by=manager)
