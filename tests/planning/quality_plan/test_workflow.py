"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from hjulet.organisation.decisions.rules import why_not_record
from hjulet.planning.models import QualityPlan
from hjulet.planning.quality_plan import operations, rules
from hjulet.planning.quality_plan.states import WORKFLOW
from hjulet.planning.quality_plan.states import PlanState as S
from tests.factories import committee, person, unit
from tests.planning.quality_plan import walks
from tests.workflows import comes_of, holder

pytestmark = pytest.mark.django_db

MOVES = {
    "refer": lambda plan, by: operations.refer_plan(plan, by=by),
    "propose": lambda plan, by: operations.propose_plan(plan, by=by),
    "send_back": lambda plan, by: operations.send_back_plan(plan, by=by, reason="Synpunkter från råden."),
    "adopt": walks.adopt,
    "start_follow_up": lambda plan, by: operations.start_follow_up(plan, by=by),
    "close": lambda plan, by: operations.close_plan(plan, by=by),
}
ALLOWED = {
    (S.DRAFT, "refer"): S.ON_REFERRAL,
    (S.DRAFT, "propose"): S.PROPOSED,
    (S.ON_REFERRAL, "propose"): S.PROPOSED,
    (S.ON_REFERRAL, "send_back"): S.DRAFT,
    (S.PROPOSED, "send_back"): S.DRAFT,
    (S.PROPOSED, "adopt"): S.ADOPTED,
    (S.ADOPTED, "start_follow_up"): S.FOLLOWED_UP,
    (S.FOLLOWED_UP, "close"): S.CLOSED,
}
# One way through every move, with where it leads.
WAY = (
    ("refer", S.ON_REFERRAL),
    ("send_back", S.DRAFT),
    ("propose", S.PROPOSED),
    ("adopt", S.ADOPTED),
    ("start_follow_up", S.FOLLOWED_UP),
    ("close", S.CLOSED),
)
# What each role, held in the nämnd itself or in its unit or group, may do with the nämnd's plan.
WORK = {"refer", "propose", "send_back", "start_follow_up", "close"}
MAY = {
    "committee_member": set(),
    "committee_secretary": {"adopt"},
    "social_director": WORK,
    "quality_developer": WORK,
    "unit_manager": set(),
    "group_manager": set(),
    "employee": set(),
    "lawyer": set(),
    "staff_strategist": set(),
    "web_editor": set(),
    "medically_responsible": set(),
    "lex_sarah_investigator": set(),
    "provider_contact": set(),
    "auditor": set(),
    "system_administrator": set(),
}


@pytest.fixture
def elderly():
    return committee("Äldrenämnden")


@pytest.fixture
def plan_at(elderly):
    walks.registers()
    people = walks.developer(elderly), walks.secretary(elderly)
    return lambda state: walks.plan_at(state, *people, elderly)


def test_table_covers_every_move_that_has_a_button():
    assert {*MOVES, "supersede"} == set(WORKFLOW.by_name)


@pytest.mark.parametrize("state", S)
def test_state_and_move(elderly, plan_at, state):
    plan = plan_at(state)
    everything = person("Alma Allt", quality_developer=elderly, committee_secretary=elderly)

    for move, make in MOVES.items():
        fresh = QualityPlan.objects.get(pk=plan.pk)
        wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(fresh, move))
        with transaction.atomic():
            assert (move, comes_of(make, fresh, everything)) == (move, wanted)
            transaction.set_rollback(True)


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_move(elderly, plan_at, role, may):
    plan = plan_at(S.DRAFT)
    somebody = holder(role, unit(elderly))
    everything = person("Alma Allt", quality_developer=elderly, committee_secretary=elderly)

    for move, target in WAY:
        if move in may:
            MOVES[move](plan, somebody)
        else:
            with pytest.raises(PermissionDenied):
                MOVES[move](plan, somebody)
            MOVES[move](QualityPlan.objects.get(pk=plan.pk), everything)
        plan.refresh_from_db()
        assert (move, plan.state) == (move, target)


def test_roles_of_another_committee_move_nothing(elderly, plan_at):
    plan = plan_at(S.PROPOSED)
    other = committee("Socialnämnden")
    stranger = person("Ola Berg", quality_developer=other, committee_secretary=other)

    for move in ("send_back", "adopt"):
        with pytest.raises(PermissionDenied):
            MOVES[move](plan, stranger)

    assert QualityPlan.objects.get().state == S.PROPOSED


def test_only_the_committee_decides_and_the_grey_button_says_so(elderly, plan_at):
    plan = plan_at(S.PROPOSED)
    developer = person("Dag Ny", quality_developer=elderly)

    assert rules.obstacle_to_move(plan, "adopt", by=developer) == why_not_record(developer, elderly)
    assert "KL 6 kap. 38 §" in why_not_record(developer, elderly)
