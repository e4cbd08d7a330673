import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from hjulet.actions.notices import remind_of_due
from hjulet.base.operations import Refused
from hjulet.collaboration.clock.duties import Duty, duties
from hjulet.collaboration.clock.operations import HELD_FOR, let_go, take_hold
from hjulet.collaboration.clock.queries import waiting_duties
from hjulet.collaboration.clock.running import run_duties
from hjulet.collaboration.models import ClockHold, ClockRun, Notice
from tests.actions.walks import plan
from tests.collaboration.clock.rounds import machine, run
from tests.factories import committee, person, unit
from tests.monitoring.self_monitoring.walks import plan as plan_control

NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
TOMORROW_MORNING = datetime(2026, 3, 17, 4, 0, tzinfo=UTC)  # five o'clock in Stockholm


def refuse(by, day):
    raise Refused("Det gick inte i dag.")


def break_down(by, day):
    raise ZeroDivisionError


def did(count):
    return lambda *_: count


WELL = Duty("well", "Går bra", did(2))
REFUSES = Duty("refuses", "Vägrar", refuse)
BREAKS = Duty("breaks", "Går sönder", break_down)
OFTEN = Duty("often", "Ofta", did(1), is_daily=False)

ODD = (BREAKS, REFUSES, WELL)
TWO = (WELL, OFTEN)


def test_duties_have_a_key_each_and_the_calendar_is_laid_out_before_anyone_is_reminded():
    keys = [duty.key for duty in duties()]

    assert keys == [
        "reorganisations",
        "controls.calendar",
        "duties.calendar",
        "indicators.calendar",
        "documents.publish",
        "documents.review",
        "actions.due",
        "actions.overdue",
        "actions.effect",
        "controls.due",
        "controls.overdue",
        "duties.due",
        "duties.overdue",
        "indicators.due",
        "indicators.overdue",
        "introductions.begin",
        "introductions.late",
        "reading.asked",
        "reading.due",
        "reading.overdue",
        "agreements.follow_up",
        "agreements.renewal",
        "agreements.end",
        "law_reviews.due",
        "law_reviews.overdue",
        "readings.sealed",
        "reviews.calendar",
        "reviews.waiting",
        "mail",
        "drafts",
        "files",
        "documents.copies",
        "links.outside",
        "backup",
        "statistics",
    ]


@pytest.mark.django_db
def test_one_that_fails_does_not_stop_the_others(monkeypatch, caplog):
    monkeypatch.setattr("hjulet.collaboration.clock.running.duties", lambda: list(ODD))

    with caplog.at_level(logging.ERROR):
        outcomes = run_duties(by=machine())

    assert [(o.duty.key, o.count, o.fault) for o in outcomes] == [
        ("breaks", None, "ZeroDivisionError"),
        ("refuses", None, "Det gick inte i dag."),
        ("well", 2, ""),
    ]
    assert [record.getMessage() for record in caplog.records] == ["clock: breaks failed"]
    assert list(ClockRun.objects.values_list("duty", "tried_at", "finished_at", "count", "fault")) == [
        ("breaks", NOW, None, None, "ZeroDivisionError"),
        ("refuses", NOW, None, None, "Det gick inte i dag."),
        ("well", NOW, NOW, 2, ""),
    ]


@pytest.mark.django_db
def test_a_failure_keeps_when_it_last_went_well(monkeypatch, clock):
    monkeypatch.setattr("hjulet.collaboration.clock.running.duties", lambda: [Duty("x", "X", did(3))])
    run()
    monkeypatch.setattr("hjulet.collaboration.clock.running.duties", lambda: [Duty("x", "X", refuse)])
    clock.move_to(TOMORROW_MORNING)
    run()

    row = ClockRun.objects.get()
    assert (row.tried_at, row.finished_at, row.fault) == (TOMORROW_MORNING, NOW, "Det gick inte i dag.")


@pytest.mark.django_db
def test_daily_duty_waits_for_the_next_morning(monkeypatch, clock):
    for place in ("queries", "running"):
        monkeypatch.setattr(f"hjulet.collaboration.clock.{place}.duties", lambda: list(TWO))

    first = run(only_waiting=True)
    again = run(only_waiting=True)
    clock.move_to(TOMORROW_MORNING - timedelta(minutes=1))
    before_morning = run(only_waiting=True)
    clock.move_to(TOMORROW_MORNING)
    next_morning = run(only_waiting=True)

    assert first == next_morning == {"well": 2, "often": 1}
    assert again == before_morning == {"often": 1}


@pytest.mark.django_db
def test_daily_duty_is_done_again_when_the_time_has_been_set_back(monkeypatch, clock):
    for place in ("queries", "running"):
        monkeypatch.setattr(f"hjulet.collaboration.clock.{place}.duties", lambda: [WELL])
    run()
    clock.move_to(NOW - timedelta(days=400))

    assert [duty.key for duty in waiting_duties()] == ["well"]


@pytest.mark.django_db
def test_daily_duty_that_failed_is_tried_again_the_same_day(monkeypatch):
    for place in ("queries", "running"):
        monkeypatch.setattr(f"hjulet.collaboration.clock.{place}.duties", lambda: [REFUSES])

    assert [run(only_waiting=True), run(only_waiting=True)] == [{"refuses": "Det gick inte i dag."}] * 2


@pytest.mark.django_db
def test_one_clock_at_a_time(clock):
    by = machine()

    assert [take_hold(by=by, holder=name) for name in ("a", "b", "a")] == [True, False, True]
    assert run_duties(by=by) is None

    let_go(by=by, holder="b")
    assert run_duties(by=by) is None
    let_go(by=by, holder="a")
    assert run_duties(by=by) is not None


@pytest.mark.django_db
def test_clock_that_died_lets_go_when_its_time_is_out(clock):
    by = machine()
    take_hold(by=by, holder="dead")
    clock.move_to(NOW + HELD_FOR - timedelta(seconds=1))
    before = take_hold(by=by, holder="new")
    clock.move_to(NOW + HELD_FOR)

    assert (before, take_hold(by=by, holder="new"), take_hold(by=by, holder="dead")) == (False, True, False)


@pytest.mark.django_db
def test_hold_from_before_the_time_was_set_back_is_no_hold(clock):
    by = machine()
    take_hold(by=by, holder="dead")
    clock.move_to(NOW - timedelta(days=1))

    assert take_hold(by=by, holder="new")
    assert ClockHold.objects.get().held_until == NOW - timedelta(days=1) + HELD_FOR


@pytest.mark.django_db
def test_clock_that_lost_its_hold_stops_before_the_next_duty(monkeypatch):
    def lose(by, day):
        ClockHold.objects.update(holder="another")

    monkeypatch.setattr("hjulet.collaboration.clock.running.duties", lambda: [Duty("lose", "Tappa", lose), WELL])

    assert [outcome.duty.key for outcome in run_duties(by=machine())] == ["lose"]
    assert ClockHold.objects.get().holder == "another"


@pytest.mark.django_db
def test_recurring_control_gets_its_next_occasions_though_nights_were_missed(clock):
    home_care = unit(committee())
    control = plan_control(person(unit_manager=home_care), home_care, months=6, ends_date=date(2040, 12, 31))
    clock.move_to("2028-02-14 03:00+01:00")

    assert [run()["controls.calendar"], "controls.calendar" in run()] == [4, False]
    assert control.occurrences.count() == 8


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_tell_and_mail_each_thing_once():
    home_care = unit(committee())
    by, owner = person(unit_manager=home_care), person("Anna Berg", employee=home_care)
    for _number in range(20):
        plan(by, home_care, owner_person=owner, due_date=date(2026, 3, 20))
    clock = machine()
    start = Barrier(3)

    def go_round(_number):
        try:
            start.wait()
            return run_duties(by=clock)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        rounds = list(threads.map(go_round, range(3)))

    assert any(rounds)
    assert sorted(Notice.objects.values_list("kind", flat=True)) == ["action_due"] * 20 + ["action_given"] * 20
    assert [message.to for message in mail.outbox] == [[owner.email]]


@pytest.mark.django_db(transaction=True)
def test_unique_constraint_holds_without_the_hold():
    """The duty itself, by two at once: as when a hold has run out while its clock still works."""
    home_care = unit(committee())
    by, owner = person(unit_manager=home_care), person("Anna Berg", employee=home_care)
    for _number in range(20):
        plan(by, home_care, owner_person=owner, due_date=date(2026, 3, 20))
    clock = machine()
    start = Barrier(2)

    def remind(_number):
        try:
            start.wait()
            remind_of_due(clock, date(2026, 3, 16))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(remind, range(2)))

    assert Notice.objects.filter(kind="action_due").count() == 20
