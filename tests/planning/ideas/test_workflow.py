"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.planning.ideas import operations, rules
from hjulet.planning.ideas.states import WORKFLOW
from hjulet.planning.ideas.states import IdeaState as S
from tests.factories import person
from tests.planning.ideas.walks import accept, carry_out, idea_at, propose
from tests.workflows import comes_of, held_in, stands_before

pytestmark = pytest.mark.django_db

MOVES = {
    "consider": lambda idea, by: operations.consider_idea(idea, by=by),
    "accept": accept,
    "decline": lambda idea, by: operations.decline_idea(idea, by=by, reason="Det är för dyrt."),
    "finish": lambda idea, by: operations.finish_idea(idea, by=by, reason="Ingen letar."),
    "reopen": lambda idea, by: operations.reopen_idea(idea, by=by, reason="Nu finns det pengar."),
}
ALLOWED = {
    (S.PROPOSED, "consider"): S.CONSIDERED,
    (S.PROPOSED, "accept"): S.ACCEPTED,
    (S.PROPOSED, "decline"): S.DECLINED,
    (S.CONSIDERED, "accept"): S.ACCEPTED,
    (S.CONSIDERED, "decline"): S.DECLINED,
    (S.ACCEPTED, "finish"): S.DONE,
    (S.DECLINED, "reopen"): S.CONSIDERED,
}
# Whether the role may propose in the place where it is held, and answer what is proposed in the home care unit.
MAY = {
    "committee_member": (False, False),
    "committee_secretary": (False, False),
    "social_director": (True, True),
    "quality_developer": (True, True),
    "unit_manager": (True, True),
    "group_manager": (True, False),
    "employee": (True, False),
    "lawyer": (True, False),
    "staff_strategist": (True, False),
    "web_editor": (True, False),
    "medically_responsible": (True, False),
    "lex_sarah_investigator": (True, False),
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
    idea = idea_at(state, manager, home_care)
    if (state, move) == (S.ACCEPTED, "finish"):
        carry_out(idea, manager)

    wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(idea, move))

    assert comes_of(MOVES[move], idea, manager) == wanted


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_right(home_care, role, may):
    where = held_in(role, home_care)
    somebody = person("Robin Ask", **{role: where})
    idea = propose(person(unit_manager=home_care), home_care)

    assert (rules.may_propose(somebody, where), rules.may_answer(somebody, idea)) == may


@pytest.mark.parametrize("move", MOVES)
def test_move_without_the_right_is_refused(home_care, manager, move):
    """Nor may whoever proposed it."""
    assistant = person("Ali Strand", employee=home_care)
    before = stands_before(move, ALLOWED)
    idea = idea_at(before, manager, home_care, proposed_by=assistant)

    assert comes_of(MOVES[move], idea, assistant) == (before, PermissionDenied)


def test_an_idea_is_done_when_its_action_is(home_care, manager):
    idea = idea_at(S.ACCEPTED, manager, home_care)

    with pytest.raises(Refused, match="Åtgärden som idén ledde till är inte genomförd."):
        operations.finish_idea(idea, by=manager, reason="Klart.")


@pytest.mark.parametrize(
    ("state", "move"), [(S.PROPOSED, operations.decline_idea), (S.DECLINED, operations.reopen_idea)]
)
def test_moves_that_need_a_reason(home_care, manager, state, move):
    idea = idea_at(state, manager, home_care)

    with pytest.raises(Refused, match="Skriv en orsak"):
        move(idea, by=manager, reason=" ")
