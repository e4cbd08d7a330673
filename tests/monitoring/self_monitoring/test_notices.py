from datetime import date

import pytest

from hjulet.collaboration.models import Notice
from tests.collaboration.clock.rounds import run
from tests.factories import committee, person, unit
from tests.monitoring.self_monitoring.walks import first, plan, record

pytestmark = pytest.mark.django_db


def told():
    rows = Notice.objects.order_by("created_at", "due_date", "person__name")
    return [(notice.person.name, notice.kind, str(notice.due_date), notice.target.period) for notice in rows]


def test_reminded_before_the_last_day_and_every_week_after_it(home_care, manager, clock):
    anna = person("Anna Berg", employee=home_care)
    control = plan(manager, home_care, owner_person=anna, starts_date=date(2026, 3, 1), ends_date=date(2026, 4, 30))
    for moment in ("2026-03-23", "2026-03-24", "2026-03-31", "2026-04-01", "2026-04-07", "2026-04-08"):
        clock.move_to(f"{moment} 12:00Z")
        run("controls.")
        run("controls.")
    record(first(control), anna, done_date=date(2026, 4, 8))
    clock.move_to("2026-04-23 12:00Z")
    run("controls.")

    assert told() == [
        ("Anna Berg", "control_due", "2026-03-31", "mars 2026"),
        ("Anna Berg", "control_overdue", "2026-04-01", "mars 2026"),
        ("Anna Berg", "control_overdue", "2026-04-08", "mars 2026"),
        ("Anna Berg", "control_due", "2026-04-30", "april 2026"),
    ]


def test_role_in_the_unit_is_reminded(home_care, manager):
    person("Bo Ny", employee=home_care)
    person("Finn Annan", employee=unit(committee(), "Hemtjänst Syd"))
    plan(manager, home_care, owner_role="employee", starts_date=date(2026, 2, 1), ends_date=date(2026, 2, 28))
    run("controls.")

    assert told() == [("Bo Ny", "control_overdue", "2026-03-15", "februari 2026")]


def test_what_time_has_just_brought_is_reminded_of_in_the_same_round(home_care, manager, clock):
    plan(manager, home_care, owner_person=manager, months=12, ends_date=date(2040, 12, 31))
    clock.move_to("2030-12-27 12:00Z")

    assert run() == {"controls.calendar": 4, "controls.due": 1, "controls.overdue": 4, "mail": 1}


def test_control_without_owner_reminds_nobody(home_care, manager):
    plan(manager, home_care)

    assert run() == {}
