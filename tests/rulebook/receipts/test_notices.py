from datetime import date

import pytest

from hjulet.collaboration.models import Notice
from hjulet.rulebook.receipts.operations import confirm_reading, withdraw_request
from tests.collaboration.clock.rounds import run
from tests.factories import assign, person
from tests.rulebook.receipts.walks import ask, version_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(home_care):
    return version_in_force(home_care.parent)


def told():
    rows = Notice.objects.filter(kind__startswith="reading").order_by("created_at", "kind", "due_date", "person__name")
    return [(notice.person.name, notice.kind, str(notice.due_date), notice.role) for notice in rows]


def test_told_when_asked_before_the_day_and_every_week_after_it_until_it_is_read(home_care, manager, version, clock):
    anna = person("Anna Berg", employee=home_care)
    ask(version, manager, home_care, roles=["employee"], due_date=date(2026, 3, 31))
    for day in ("2026-03-16", "2026-03-23", "2026-03-24", "2026-03-31", "2026-04-01", "2026-04-07", "2026-04-08"):
        clock.move_to(f"{day} 12:00Z")
        run("reading.")
        run("reading.")
    confirm_reading(version, by=anna)
    clock.move_to("2026-04-23 12:00Z")
    run("reading.")

    assert told() == [
        ("Anna Berg", "reading_asked", "2026-03-16", "employee"),
        ("Anna Berg", "reading_due", "2026-03-31", "employee"),
        ("Anna Berg", "reading_overdue", "2026-04-01", "employee"),
        ("Anna Berg", "reading_overdue", "2026-04-08", "employee"),
    ]


def test_after_a_pause_each_thing_is_told_once(home_care, manager, version, clock):
    ask(version, manager, home_care, due_date=date(2026, 3, 31))
    clock.move_to("2026-06-03 12:00Z")
    run("reading.")
    run("reading.")

    assert told() == [
        ("Karin Ek", "reading_asked", "2026-03-16", "unit_manager"),
        ("Karin Ek", "reading_overdue", "2026-06-03", "unit_manager"),
    ]


def test_whoever_gets_the_role_later_is_told_then(home_care, manager, version, clock):
    newcomer = person("Ny Ek")
    assign(newcomer, "employee", home_care, valid_from=date(2026, 3, 20))
    ask(version, manager, home_care, roles=["employee"])
    run("reading.")
    assert told() == []
    clock.move_to("2026-03-20 12:00Z")
    run("reading.")

    assert told() == [("Ny Ek", "reading_asked", "2026-03-16", "employee")]


def test_what_is_withdrawn_is_not_told(home_care, manager, version):
    withdraw_request(ask(version, manager, home_care), by=manager, reason="Nej.")
    run("reading.")

    assert told() == []
