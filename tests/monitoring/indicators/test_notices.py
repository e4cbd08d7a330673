from datetime import date

import pytest

from hjulet.collaboration.models import Notice
from tests.collaboration.clock.rounds import run
from tests.factories import person, unit
from tests.monitoring.indicators.walks import define, record, turn

pytestmark = pytest.mark.django_db


def told():
    rows = Notice.objects.order_by("created_at", "due_date", "person__name")
    return [(notice.person.name, notice.kind, str(notice.due_date), notice.target.period) for notice in rows]


def test_reminded_before_the_last_day_and_every_week_after_it(home_care, manager, clock):
    anna = person("Anna Berg", employee=home_care)
    indicator = define(manager, home_care, owner_person=anna, lag_days=0)
    for moment in ("2026-03-23", "2026-03-24", "2026-03-31", "2026-04-01", "2026-04-07", "2026-04-08"):
        clock.move_to(f"{moment} 12:00Z")
        run("indicators.")
        run("indicators.")
    record(turn(indicator), anna, measured_date=date(2026, 4, 8))
    clock.move_to("2026-04-15 12:00Z")
    run("indicators.")

    assert told() == [
        ("Anna Berg", "measurement_due", "2026-03-31", "mars 2026"),
        ("Anna Berg", "measurement_overdue", "2026-04-01", "mars 2026"),
        ("Anna Berg", "measurement_overdue", "2026-04-08", "mars 2026"),
    ]


def test_the_role_is_reminded_in_the_unit_that_is_measured(home_care, clock):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    person("Anna Berg", unit_manager=home_care)
    person("Bo Ny", unit_manager=south)
    indicator = define(
        developer,
        home_care.committee,
        owner_role="unit_manager",
        measured_in=[home_care, south],
        lag_days=0,
    )
    record(turn(indicator, unit=south), developer)
    clock.move_to("2026-04-01 12:00Z")
    run("indicators.")

    assert told() == [("Anna Berg", "measurement_overdue", "2026-04-01", "mars 2026")]


def test_what_time_has_just_brought_is_reminded_of_in_the_same_round(home_care, manager, clock):
    define(manager, home_care, owner_person=manager, months=12, lag_days=0)
    clock.move_to("2030-12-27 12:00Z")

    assert run() == {"indicators.calendar": 4, "indicators.due": 1, "indicators.overdue": 4, "mail": 1}


def test_indicator_without_owner_reminds_nobody(home_care, manager):
    define(manager, home_care)

    assert run() == {}


def test_a_role_of_the_nämnd_is_reminded_of_every_unit(home_care, clock):
    board = home_care.committee
    south = unit(board, "Hemtjänst Syd")
    person("Eva Dal", staff_strategist=board)
    person("Bo Ny", staff_strategist=south)
    define(
        person("Kim Lund", quality_developer=board),
        board,
        owner_role="staff_strategist",
        measured_in=[home_care, south],
        lag_days=0,
    )
    clock.move_to("2026-04-01 12:00Z")
    run("indicators.")

    assert sorted((who, kind) for who, kind, _day, _period in told()) == [
        ("Bo Ny", "measurement_overdue"),
        ("Eva Dal", "measurement_overdue"),
        ("Eva Dal", "measurement_overdue"),
    ]
