"""The whole table: every state, every move, every kind of person."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.base.operations import Refused
from hjulet.monitoring.indicators import operations as indicators
from hjulet.monitoring.indicators import rules
from hjulet.monitoring.indicators.measurements import operations
from hjulet.monitoring.indicators.states import WORKFLOW
from hjulet.monitoring.indicators.states import MeasurementState as S
from tests.factories import municipality, person, unit
from tests.monitoring.indicators.walks import correct, define, measurement_at, record, turn
from tests.workflows import comes_of, holder, stands_before

pytestmark = pytest.mark.django_db

MOVES = {
    "record": record,
    "correct": lambda measurement, by: correct(measurement, by, count=44, total=50),
    "undo": lambda measurement, by: operations.undo(measurement, by=by, reason="Fel enhet."),
    "leave_out": lambda measurement, by: operations.leave_out(measurement, by=by, reason="Ingen enkät."),
    "restore": lambda measurement, by: operations.restore(measurement, by=by, reason="Enkäten kom."),
}
ALLOWED = {
    (S.PLANNED, "record"): S.MEASURED,
    (S.PLANNED, "leave_out"): S.NOT_MEASURED,
    (S.MEASURED, "correct"): S.MEASURED,
    (S.MEASURED, "undo"): S.PLANNED,
    (S.NOT_MEASURED, "restore"): S.PLANNED,
}
# Whether the role may define an indicator in the home care unit, and measure one there that nobody in the table owns.
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
# Whether whoever holds the role may measure when made responsible in person.
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
    measurement = measurement_at(state, manager, home_care)

    wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(measurement, move))

    assert comes_of(MOVES[move], measurement, manager) == wanted


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_right(home_care, role, may):
    somebody = holder(role, home_care)
    measurement = turn(define(person(unit_manager=home_care), home_care))

    assert (rules.may_define(somebody, home_care), rules.may_measure(somebody, measurement)) == may
    assert rules.may_change(somebody, measurement.indicator) is may[0]


@pytest.mark.parametrize("move", MOVES)
def test_move_without_the_right_is_refused(home_care, move):
    auditor = person("Rita Revisor", auditor=municipality())
    before = stands_before(move, ALLOWED)
    measurement = measurement_at(before, person(unit_manager=home_care), home_care)

    assert comes_of(MOVES[move], measurement, auditor) == (before, PermissionDenied)


@pytest.mark.parametrize(("role", "may"), MAY_WHEN_RESPONSIBLE.items())
def test_whoever_is_made_responsible_may_measure_but_not_change(home_care, role, may):
    somebody = holder(role, home_care)
    indicator = define(person(unit_manager=home_care), home_care, owner_person=somebody)

    assert (rules.may_measure(somebody, turn(indicator)), rules.may_change(somebody, indicator)) == (may, MAY[role][0])


def test_a_role_made_responsible_measures_its_own_unit_and_no_other(home_care):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    anna, bo = person("Anna Berg", group_manager=home_care), person("Bo Ny", group_manager=south)
    indicator = define(
        developer, home_care.committee, owner_role="group_manager", measured_in=[home_care, south], months=12
    )

    may = {
        (somebody.name, place.name): rules.may_measure(somebody, turn(indicator, unit=place))
        for somebody in (anna, bo)
        for place in (home_care, south)
    }

    assert [pair for pair, allowed in may.items() if allowed] == [
        ("Anna Berg", "Hemtjänst Norr"),
        ("Bo Ny", "Hemtjänst Syd"),
    ]


def test_whoever_leads_the_unit_measures_there_what_the_nämnd_has_defined(home_care, manager):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    elsewhere = person("Ola Berg", unit_manager=unit(home_care.committee, "Hemtjänst Syd"))
    indicator = define(developer, home_care.committee, measured_in=[home_care])

    assert [rules.may_measure(somebody, turn(indicator)) for somebody in (manager, elsewhere)] == [True, False]
    assert rules.may_change(manager, indicator) is False


def test_a_measurement_waits_for_its_period(home_care, manager):
    april = turn(define(manager, home_care), 1)

    assert rules.obstacle_to_move(april, "record") == "Perioden börjar 2026-04-01. Registrera mätningen då."
    with pytest.raises(Refused, match="Perioden börjar 2026-04-01"):
        record(april, manager, measured_date=date(2026, 4, 1))


@pytest.mark.parametrize("move", ["record", "leave_out"])
def test_what_is_withdrawn_is_measured_no_longer(home_care, manager, move, clock):
    march = turn(define(manager, home_care))
    clock.move_to("2026-04-20 12:00Z")
    indicators.withdraw_indicator(march.indicator, by=manager, reason="Ersatt av ett bättre.")

    assert comes_of(MOVES[move], turn(march.indicator), manager) == (
        S.PLANNED,
        "Nyckeltalet är upphävt. Det mäts inte längre.",
    )


def test_a_mistake_may_be_corrected_after_the_indicator_is_withdrawn(home_care, manager):
    measurement = measurement_at(S.MEASURED, manager, home_care)
    indicators.withdraw_indicator(measurement.indicator, by=manager, reason="Ersatt av ett bättre.")

    assert comes_of(MOVES["correct"], turn(measurement.indicator), manager) == S.MEASURED


@pytest.mark.parametrize("move", ["correct", "undo", "leave_out", "restore"])
def test_moves_that_need_a_reason(home_care, manager, move):
    measurement = measurement_at(stands_before(move, ALLOWED), manager, home_care)

    given = {"count": 44, "total": 50, "reason": " "} if move == "correct" else {"reason": " "}
    perform = correct if move == "correct" else lambda row, by, **said: getattr(operations, move)(row, by=by, **said)

    with pytest.raises((Refused, ValidationError), match="Skriv"):
        perform(measurement, manager, **given)


def test_a_role_of_the_nämnd_measures_every_unit_of_its_indicator(home_care):
    board = home_care.committee
    south = unit(board, "Hemtjänst Syd")
    strategist, elsewhere = person("Eva Dal", staff_strategist=board), person("Ola", staff_strategist=south)
    indicator = define(
        person("Kim Lund", quality_developer=board),
        board,
        owner_role="staff_strategist",
        measured_in=[home_care, south],
        months=12,
    )

    rows = {place: turn(indicator, unit=place) for place in (home_care, south)}

    assert [[rules.may_measure(one, rows[place]) for place in rows] for one in (strategist, elsewhere)] == [
        [True, True],
        [False, True],
    ]
    for somebody in (strategist, elsewhere):
        owned = set(indicator.measurements.owned_by(somebody))
        assert owned == {row for row in indicator.measurements.all() if row.is_owned_by(somebody)}
