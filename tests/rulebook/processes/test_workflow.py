"""The whole table: every state, every move, every kind of person."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.rulebook.processes import operations, rules
from hjulet.rulebook.processes.states import WORKFLOW
from hjulet.rulebook.processes.states import ProcessState as S
from tests.factories import municipality, person
from tests.rulebook.processes.walks import add, describe, drafted, version_at, version_of
from tests.workflows import comes_of, holder, stands_before

pytestmark = pytest.mark.django_db

MOVES = {
    "send_to_review": lambda version, by: operations.send_to_review(version, by=by),
    "take_back": lambda version, by: operations.take_back(version, by=by, reason="Ett steg saknas."),
    "adopt": lambda version, by: operations.adopt_process(version, by=by),
    "supersede": lambda version, by: operations.make_move(version, "supersede", by=by, ended_date=date(2026, 3, 16)),
    "withdraw": lambda version, by: operations.withdraw_process(version, by=by, reason="Den görs inte."),
}
ALLOWED = {
    (S.DRAFT, "send_to_review"): S.IN_REVIEW,
    (S.IN_REVIEW, "take_back"): S.DRAFT,
    (S.IN_REVIEW, "adopt"): S.ADOPTED,
    (S.ADOPTED, "supersede"): S.SUPERSEDED,
    (S.ADOPTED, "withdraw"): S.WITHDRAWN,
}
# Whether the role may describe a process of the home care unit, adopt it, and record that the nämnd did.
MAY = {
    "committee_member": (False, False, False),
    "committee_secretary": (False, False, True),
    "social_director": (True, True, False),
    "quality_developer": (True, False, False),
    "unit_manager": (True, True, False),
    "group_manager": (False, False, False),
    "employee": (False, False, False),
    "lawyer": (True, False, False),
    "staff_strategist": (False, False, False),
    "web_editor": (False, False, False),
    "medically_responsible": (True, True, False),
    "lex_sarah_investigator": (False, False, False),
    "provider_contact": (False, False, False),
    "auditor": (False, False, False),
    "log_reviewer": (False, False, False),
    "system_administrator": (False, False, False),
}


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_state_and_move(home_care, manager, state, move):
    version = version_at(state, manager, home_care)

    wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(version, move))

    assert comes_of(MOVES[move], version, manager) == wanted


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_right(home_care, role, may):
    somebody = holder(role, home_care)
    process = describe(person(unit_manager=home_care), home_care)

    found = rules.may_change, rules.may_adopt, rules.may_record_adoption
    assert tuple(may_do(somebody, process) for may_do in found) == may


@pytest.mark.parametrize("move", ["send_to_review", "take_back", "adopt", "withdraw"])
def test_move_without_the_right_is_refused(home_care, move):
    auditor = person("Rita Revisor", auditor=municipality())
    before = stands_before(move, ALLOWED)
    version = version_at(before, person(unit_manager=home_care), home_care)

    assert comes_of(MOVES[move], version, auditor) == (before, PermissionDenied)


@pytest.mark.parametrize("move", ["take_back", "withdraw"])
def test_moves_that_need_a_reason(home_care, manager, move):
    before = stands_before(move, ALLOWED)
    version = version_at(before, manager, home_care)
    verb = {"take_back": operations.take_back, "withdraw": operations.withdraw_process}[move]

    with pytest.raises(Refused, match="Skriv en orsak"):
        verb(version, by=manager, reason=" ")


def test_what_an_adopted_process_must_have(home_care, manager):

    def obstacle(version):
        return rules.obstacle_to_move(version, "send_to_review")

    ownerless = version_of(describe(manager, home_care, owner_role=""))
    aimless = version_of(describe(manager, home_care, purpose=""))
    empty = version_of(describe(manager, home_care))
    only_start = version_of(describe(manager, home_care))
    add(only_start, manager, "Ansökan kommer", kind="start", role="")
    nobodys = drafted(manager, home_care)
    add(nobodys, manager, "Besluta", role="")
    whole = drafted(manager, home_care)

    assert [obstacle(one) for one in (ownerless, aimless, empty, only_start, nobodys, whole)] == [
        "Välj vem som är ansvarig för processen.",
        "Skriv vad processen har för syfte.",
        "Lägg till minst en aktivitet.",
        "Lägg till minst en aktivitet.",
        "Ange vilken roll som utför ”Besluta”.",
        None,
    ]
