"""The whole table: every state, every move, every kind of person."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.agreements import operations, rules
from hjulet.rulebook.agreements.states import WORKFLOW
from hjulet.rulebook.agreements.states import AgreementState as S
from tests.factories import person
from tests.rulebook.agreements.walks import agreement_at, draft, in_force, party, terminate
from tests.workflows import comes_of, holder, stands_before

pytestmark = pytest.mark.django_db

ENDED_YESTERDAY = date(2026, 3, 15)


def replace(agreement, by):
    other = in_force(person("Nils Ny", unit_manager=agreement.unit), agreement.unit, title="Ett annat avtal")
    return operations.replace_agreement(agreement, by=by, reason="Nytt avtal.", successor=other)


MOVES = {
    "put_in_force": lambda agreement, by: operations.put_in_force(agreement, by=by),
    "terminate": terminate,
    "replace": replace,
    "end": lambda agreement, by: operations.end_agreement(agreement, by=by, reason="Tiden har gått ut."),
    "reinstate": lambda agreement, by: operations.reinstate_agreement(agreement, by=by, reason="Det var fel."),
}
ALLOWED = {
    (S.DRAFT, "put_in_force"): S.IN_FORCE,
    (S.DRAFT, "end"): S.ENDED,
    (S.IN_FORCE, "terminate"): S.TERMINATED,
    (S.IN_FORCE, "replace"): S.REPLACED,
    (S.IN_FORCE, "end"): S.ENDED,
    (S.ENDED, "reinstate"): S.IN_FORCE,
    (S.TERMINATED, "reinstate"): S.IN_FORCE,
}
# Whether the role may write an agreement of the home care unit, decide on it, and follow it up when made responsible.
MAY = {
    "committee_member": (False, False, False),
    "committee_secretary": (False, False, False),
    "social_director": (True, True, True),
    "quality_developer": (True, False, True),
    "unit_manager": (True, True, True),
    "group_manager": (False, False, True),
    "employee": (False, False, True),
    "lawyer": (True, False, True),
    "staff_strategist": (False, False, True),
    "web_editor": (False, False, True),
    "medically_responsible": (True, True, True),
    "lex_sarah_investigator": (False, False, False),
    "provider_contact": (False, False, True),
    "auditor": (False, False, False),
    "log_reviewer": (False, False, False),
    "system_administrator": (False, False, False),
}


def test_tables_cover_every_move_and_role():
    assert (set(MOVES), set(MAY)) == (set(WORKFLOW.by_name), set(ROLES))


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_state_and_move(home_care, manager, state, move):
    agreement = agreement_at(state, manager, home_care, valid_to=ENDED_YESTERDAY)

    wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(agreement, move))

    assert comes_of(MOVES[move], agreement, manager) == wanted
    if (state, move) in ALLOWED:
        assert agreement.steps.last().move == move


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_right(home_care, manager, role, may):
    somebody = holder(role, home_care)
    agreement = draft(manager, home_care, owner_person=somebody)

    assert rules.may_draft(somebody, home_care) is may[0]
    rights = (rules.may_change, rules.may_decide, rules.may_follow_up)
    assert tuple(right(somebody, agreement) for right in rights) == may


@pytest.mark.parametrize("move", MOVES)
def test_move_without_the_right_is_refused(home_care, manager, move):
    developer = person("Kim Kvalitet", quality_developer=home_care.committee)
    before = stands_before(move, ALLOWED)
    agreement = agreement_at(before, manager, home_care)

    assert comes_of(MOVES[move], agreement, developer) == (before, PermissionDenied)


@pytest.mark.parametrize(
    ("state", "move"),
    [
        (S.DRAFT, lambda agreement, by: operations.end_agreement(agreement, by=by, reason=" ")),
        (S.ENDED, lambda agreement, by: operations.reinstate_agreement(agreement, by=by, reason=" ")),
        (
            S.IN_FORCE,
            lambda agreement, by: operations.terminate_agreement(
                agreement, by=by, reason=" ", valid_to=date(2026, 6, 30)
            ),
        ),
    ],
)
def test_moves_that_need_a_reason(home_care, manager, state, move):
    agreement = agreement_at(state, manager, home_care)

    with pytest.raises(Refused, match="Skriv en orsak"):
        move(agreement, manager)


def test_holds_only_with_a_day_and_another_party(home_care, manager):
    agreement = draft(manager, home_care, valid_from=None)
    with pytest.raises(Refused, match="Skriv först från vilken dag avtalet gäller."):
        operations.put_in_force(agreement, by=manager)

    operations.change_agreement(agreement, by=manager, revision=1, valid_from=date(2026, 1, 1))
    with pytest.raises(Refused, match="Lägg först till minst en part utöver oss själva."):
        operations.put_in_force(agreement, by=manager)

    party(agreement, manager)
    assert operations.put_in_force(agreement, by=manager).state == S.IN_FORCE


def test_what_has_not_run_out_is_said_up_and_not_ended(home_care, manager):
    agreement = in_force(manager, home_care, valid_to=date(2026, 12, 31))

    with pytest.raises(Refused, match="Avtalets sista dag har inte varit. Säg upp det i stället."):
        operations.end_agreement(agreement, by=manager, reason="Det tar slut.")
