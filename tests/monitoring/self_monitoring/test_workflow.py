"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.monitoring.self_monitoring import operations, rules
from hjulet.monitoring.self_monitoring.states import WORKFLOW
from hjulet.monitoring.self_monitoring.states import OccurrenceState as S
from tests.factories import committee, group, municipality, person, unit
from tests.monitoring.self_monitoring.walks import first, occurrence_at, plan, record

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
HELD_IN = {"group_manager": "group", "employee": "group", "unit_manager": "unit"}


@pytest.fixture
def places():
    social = committee()
    home_care = unit(social)
    return {"committee": social, "unit": home_care, "group": group(home_care), "municipality": municipality()}


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_state_and_move(places, state, move):
    manager = person(unit_manager=places["unit"])
    occurrence = occurrence_at(state, manager, places["unit"])

    if target := ALLOWED.get((state, move)):
        MOVES[move](occurrence, manager)
        occurrence.refresh_from_db()
        assert occurrence.state == target
    else:
        with pytest.raises(Refused) as refusal:
            MOVES[move](occurrence, manager)
        occurrence.refresh_from_db()
        assert (occurrence.state, refusal.value.sentence) == (state, rules.obstacle_to_move(occurrence, move))


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_right(places, role, may):
    somebody = person("Robin Ask", **{role: places[HELD_IN.get(role, "committee")]})
    occurrence = first(plan(person(unit_manager=places["unit"]), places["unit"]))

    assert (rules.may_plan(somebody, places["unit"]), rules.may_record(somebody, occurrence)) == may
    assert rules.may_change(somebody, occurrence.control) is may[0]


@pytest.mark.parametrize("move", MOVES)
def test_move_without_the_right_is_refused(places, move):
    auditor = person("Rita Revisor", auditor=places["municipality"])
    before = next(state for state, name in ALLOWED if name == move)
    occurrence = occurrence_at(before, person(unit_manager=places["unit"]), places["unit"])

    with pytest.raises(PermissionDenied):
        MOVES[move](occurrence, auditor)

    occurrence.refresh_from_db()
    assert occurrence.state == before


@pytest.mark.parametrize(("role", "may"), MAY_WHEN_RESPONSIBLE.items())
def test_whoever_is_made_responsible_may_record_but_not_change(places, role, may):
    somebody = person("Robin Ask", **{role: places[HELD_IN.get(role, "committee")]})
    control = plan(person(unit_manager=places["unit"]), places["unit"], owner_person=somebody)

    assert (rules.may_record(somebody, first(control)), rules.may_change(somebody, control)) == (may, MAY[role][0])


def test_a_role_made_responsible_reaches_down_but_not_sideways(places):
    developer = person("Kim Lund", quality_developer=places["committee"])
    below = person("Karin Ek", unit_manager=places["unit"])
    elsewhere = person("Ola Berg", unit_manager=unit(committee("Äldrenämnden")))
    occurrence = first(plan(developer, places["committee"], owner_role="unit_manager"))

    assert (rules.may_record(below, occurrence), rules.may_record(elsewhere, occurrence)) == (True, False)


def test_a_result_waits_for_its_period(places):
    manager = person(unit_manager=places["unit"])
    april = plan(manager, places["unit"]).occurrences.get(period_start="2026-04-01")

    assert rules.obstacle_to_move(april, "record") == "Perioden börjar 2026-04-01. Registrera resultatet då."
    with pytest.raises(Refused, match="Perioden börjar 2026-04-01"):
        record(april, manager)


@pytest.mark.parametrize("move", ["correct", "set_aside", "restore"])
def test_moves_that_need_a_reason(places, move):
    manager = person(unit_manager=places["unit"])
    occurrence = occurrence_at(next(state for state, name in ALLOWED if name == move), manager, places["unit"])
    given = {"correct": {"revision": occurrence.revision, "fulfilled_count": 44}}.get(move, {})

    with pytest.raises(Refused, match="Skriv en orsak"):
        getattr(operations, "correct_result" if move == "correct" else move)(
            occurrence, by=manager, reason=" ", **given
        )
