"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.monitoring.self_monitoring import operations, rules
from hjulet.monitoring.self_monitoring.states import WORKFLOW
from hjulet.monitoring.self_monitoring.states import OccurrenceState as S
from tests.factories import committee, municipality, person, unit
from tests.monitoring.self_monitoring.walks import first, occurrence_at, plan, record
from tests.workflows import comes_of, holder, stands_before

pytestmark = pytest.mark.django_db

MOVES = {
    "record": record,
    "correct": lambda occurrence, by: operations.correct_result(
        occurrence, by=by, revision=occurrence.revision, reason="Fel räknat.", checked_count=50, fulfilled_count=44
    ),
    "set_aside": lambda occurrence, by: operations.set_aside(occurrence, by=by, reason="Inga ärenden."),
    "restore": lambda occurrence, by: operations.restore(occurrence, by=by, reason="Det fanns ärenden."),
}
ALLOWED = {
    (S.PLANNED, "record"): S.DONE,
    (S.PLANNED, "set_aside"): S.NOT_APPLICABLE,
    (S.DONE, "correct"): S.DONE,
    (S.NOT_APPLICABLE, "restore"): S.PLANNED,
}
# Whether the role may plan a control in the home care unit, and record one there that nobody in the table owns.
MAY = {
    "committee_member": (False, False),
    "committee_secretary": (False, False),
    "social_director": (True, True),
    "quality_developer": (True, True),
    "unit_manager": (True, True),
    "group_manager": (False, False),
    "employee": (False, False),
    "lawyer": (False, False),
    "staff_strategist": (False, False),
    "web_editor": (False, False),
    "medically_responsible": (True, True),
    "lex_sarah_investigator": (False, False),
    "provider_contact": (False, False),
    "auditor": (False, False),
    "system_administrator": (False, False),
}
# Whether whoever holds the role may record when made responsible in person.
MAY_WHEN_RESPONSIBLE = {
    role: role
    not in {"committee_member", "committee_secretary", "lex_sarah_investigator", "auditor", "system_administrator"}
    for role in MAY
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
    occurrence = first(plan(person(unit_manager=home_care), home_care))

    assert (rules.may_plan(somebody, home_care), rules.may_record(somebody, occurrence)) == may
    assert rules.may_change(somebody, occurrence.control) is may[0]


@pytest.mark.parametrize("move", MOVES)
def test_move_without_the_right_is_refused(home_care, move):
    auditor = person("Rita Revisor", auditor=municipality())
    before = stands_before(move, ALLOWED)
    occurrence = occurrence_at(before, person(unit_manager=home_care), home_care)

    assert comes_of(MOVES[move], occurrence, auditor) == (before, PermissionDenied)


@pytest.mark.parametrize(("role", "may"), MAY_WHEN_RESPONSIBLE.items())
def test_whoever_is_made_responsible_may_record_but_not_change(home_care, role, may):
    somebody = holder(role, home_care)
    control = plan(person(unit_manager=home_care), home_care, owner_person=somebody)

    assert (rules.may_record(somebody, first(control)), rules.may_change(somebody, control)) == (may, MAY[role][0])


def test_a_role_made_responsible_reaches_down_but_not_sideways(home_care):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    below = person("Karin Ek", unit_manager=home_care)
    elsewhere = person("Ola Berg", unit_manager=unit(committee("Äldrenämnden")))
    occurrence = first(plan(developer, home_care.committee, owner_role="unit_manager"))

    assert (rules.may_record(below, occurrence), rules.may_record(elsewhere, occurrence)) == (True, False)


def test_a_result_waits_for_its_period(home_care, manager):
    april = plan(manager, home_care).occurrences.get(period_start="2026-04-01")

    assert rules.obstacle_to_move(april, "record") == "Perioden börjar 2026-04-01. Registrera resultatet då."
    with pytest.raises(Refused, match="Perioden börjar 2026-04-01"):
        record(april, manager)


@pytest.mark.parametrize("move", ["correct", "set_aside", "restore"])
def test_moves_that_need_a_reason(home_care, manager, move):
    occurrence = occurrence_at(stands_before(move, ALLOWED), manager, home_care)
    given = {"correct": {"revision": occurrence.revision, "fulfilled_count": 44}}.get(move, {})

    with pytest.raises(Refused, match="Skriv en orsak"):
        getattr(operations, "correct_result" if move == "correct" else move)(
            occurrence, by=manager, reason=" ", **given
        )
