from datetime import date

import pytest

from hjulet.collaboration.models import Notice
from tests.collaboration.clock.rounds import run
from tests.factories import committee, person, unit
from tests.monitoring.recurring_duties.walks import finish, first, plan

pytestmark = pytest.mark.django_db


def told():
    rows = Notice.objects.order_by("created_at", "due_date", "person__name")
    return [(notice.person.name, notice.kind, str(notice.due_date), str(notice.target.due_date)) for notice in rows]


def test_reminded_when_the_time_begins_and_every_week_after_the_last_day(home_care, manager, clock):
    anna = person("Anna Berg", employee=home_care)
    duty = plan(manager, home_care, owner_person=anna, first_due_date=date(2026, 3, 31), lead_days=5)
    for day in ("2026-03-25", "2026-03-26", "2026-03-31", "2026-04-01", "2026-04-07", "2026-04-08"):
        clock.move_to(f"{day} 12:00Z")
        run("duties.")
        run("duties.")
    finish(first(duty), anna, done_date=date(2026, 4, 8))
    clock.move_to("2026-04-23 12:00Z")
    run("duties.")

    assert told() == [
        ("Anna Berg", "duty_due", "2026-03-31", "2026-03-31"),
        ("Anna Berg", "duty_overdue", "2026-04-01", "2026-03-31"),
        ("Anna Berg", "duty_overdue", "2026-04-08", "2026-03-31"),
    ]


def test_role_in_the_unit_is_reminded(home_care, manager):
    person("Bo Ny", employee=home_care)
    person("Finn Annan", employee=unit(committee("Äldrenämnden"), "Hemtjänst Syd"))
    plan(manager, home_care, owner_role="employee", first_due_date=date(2026, 3, 1))
    run("duties.")

    assert told() == [("Bo Ny", "duty_overdue", "2026-03-16", "2026-03-01")]


def test_what_time_has_just_brought_is_reminded_of_in_the_same_round(home_care, manager, clock):
    plan(manager, home_care, owner_person=manager)
    clock.move_to("2029-03-20 12:00Z")

    assert run() == {"duties.calendar": 3, "duties.due": 1, "duties.overdue": 3, "mail": 1}


def test_duty_without_owner_reminds_nobody(home_care, manager):
    plan(manager, home_care)

    assert run() == {}
