from datetime import date

import pytest

from hjulet.collaboration.models import Notice
from tests.collaboration.clock.rounds import run
from tests.factories import person
from tests.rulebook.agreements.walks import draft, in_force, terminate

pytestmark = pytest.mark.django_db


def told():
    rows = Notice.objects.exclude(kind="agreement_given").order_by("created_at", "due_date", "person__name")
    return [(notice.person.name, notice.kind, str(notice.due_date)) for notice in rows]


def days(clock, *days):
    for day in days:
        clock.move_to(f"{day} 12:00Z")
        run("agreements.")
        run("agreements.")


def test_the_new_owner_is_told_once(home_care, manager):
    anna = person("Anna Berg", employee=home_care)
    draft(manager, home_care, owner_person=anna)
    draft(manager, home_care, owner_person=manager)

    assert [(notice.person.name, notice.kind) for notice in Notice.objects.all()] == [("Anna Berg", "agreement_given")]


def test_reminded_a_month_before_the_follow_up_and_every_week(home_care, manager, clock):
    in_force(manager, home_care, owner_person=manager, next_follow_up_date=date(2026, 5, 1))
    days(clock, "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-08")

    assert told() == [
        ("Karin Ek", "agreement_follow_up_due", "2026-04-01"),
        ("Karin Ek", "agreement_follow_up_due", "2026-04-08"),
    ]


def test_reminded_once_of_the_notice_and_every_week_of_the_end(home_care, manager, clock):
    in_force(manager, home_care, owner_role="unit_manager", notice_date=date(2026, 6, 30), valid_to=date(2026, 12, 31))
    days(clock, "2026-03-31", "2026-04-01", "2026-04-15", "2026-07-01", "2026-12-31", "2027-01-01", "2027-01-08")

    assert told() == [
        ("Karin Ek", "agreement_renewal_due", "2026-06-30"),
        ("Karin Ek", "agreement_past_end", "2027-01-01"),
        ("Karin Ek", "agreement_past_end", "2027-01-08"),
    ]


def test_nobody_is_reminded_of_what_is_a_draft_or_over(home_care, manager, clock):
    given = {"owner_person": manager, "next_follow_up_date": date(2026, 3, 1), "notice_date": date(2026, 4, 1)}
    draft(manager, home_care, **given)
    terminate(in_force(manager, home_care, **given), manager)
    days(clock, "2026-03-17", "2026-08-01")

    assert told() == []
