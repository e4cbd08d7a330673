from datetime import date

import pytest

from hjulet.actions import operations
from hjulet.actions.notices import remind_of_overdue
from hjulet.collaboration.models import Notice
from tests.actions.walks import action_at, check, plan
from tests.collaboration.clock.rounds import machine, run
from tests.factories import assign, committee, group, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(home_care):
    return person("Anna Berg", employee=home_care)


def told(kind=None):
    """Who has been told what about which day, in the order it was told."""
    rows = Notice.objects.order_by("created_at", "kind", "person__name")
    return [
        (notice.person.name, notice.kind, str(notice.due_date))
        for notice in rows
        if kind is None or notice.kind == kind
    ]


def change(action, by, **changes):
    operations.change_action(action, by=by, revision=action.revision, **changes)


def test_whoever_gets_an_action_is_told_at_once(home_care, manager, anna):
    action = plan(manager, home_care, owner_person=anna)

    [notice] = Notice.objects.all()
    assert (notice.person, notice.kind, notice.target, notice.unit, notice.role) == (
        anna,
        "action_given",
        action,
        home_care,
        "",
    )


def test_whoever_takes_an_action_needs_not_be_told(home_care, manager):
    plan(manager, home_care, owner_person=manager)
    plan(manager, home_care)

    assert told() == []


def test_new_owner_is_told_and_other_changes_are_not(home_care, manager, anna):
    action = plan(manager, home_care)
    change(action, manager, title="Ny rubrik")
    change(action, manager, owner_person=anna)
    change(action, manager, due_date=date(2026, 12, 1))

    assert told() == [("Anna Berg", "action_given", "2026-03-16")]


def test_role_in_the_unit_is_whoever_holds_it_that_day_there_or_below(home_care, manager):
    below = group(home_care)
    person("Bo Ny", employee=below)
    gone, coming = person("Cia Slutat"), person("Dan Kommer")
    assign(gone, "employee", home_care, valid_to=date(2026, 3, 15))
    assign(coming, "employee", home_care, valid_from=date(2026, 3, 17))
    stopped = person("Eva Stängd", employee=home_care)
    stopped.is_active = False
    stopped.save()
    person("Finn Annan", employee=unit(committee(), "Hemtjänst Syd"))
    person("Gun Chef", group_manager=home_care)

    plan(manager, home_care, owner_role="employee")

    assert told() == [("Bo Ny", "action_given", "2026-03-16")]
    assert Notice.objects.get().role == "employee"


def test_reminded_seven_days_before_and_weekly_from_the_day_after(home_care, manager, anna, clock):
    action = plan(manager, home_care, owner_person=anna, due_date=date(2026, 3, 31))
    for day in range(17, 32):
        clock.move_to(f"2026-03-{day} 06:00+01:00")
        run("actions")
        run("actions")
    for day in range(1, 17):
        clock.move_to(f"2026-04-{day:02} 06:00+02:00")
        run("actions")
    operations.complete_action(action, by=anna, result="Klart.", completed_date=date(2026, 4, 16))
    clock.move_to("2026-04-30 06:00+02:00")
    run("actions")

    assert [(kind, day) for _name, kind, day in told()] == [
        ("action_given", "2026-03-16"),
        ("action_due", "2026-03-31"),
        ("action_overdue", "2026-04-01"),
        ("action_overdue", "2026-04-08"),
        ("action_overdue", "2026-04-15"),
        ("effect_due", "2026-04-30"),
    ]
    assert str(Notice.objects.get(kind="action_due").created_at.date()) == "2026-03-24"


def test_after_a_pause_nothing_is_forgotten_and_nothing_comes_in_heaps(home_care, manager, anna, clock):
    plan(manager, home_care, owner_person=anna, due_date=date(2026, 3, 18))
    plan(manager, home_care, owner_person=anna, due_date=date(2026, 4, 12), title="En till")
    clock.move_to("2026-04-07 06:00+02:00")  # three weeks without a clock

    assert run() == {"actions.due": 1, "actions.overdue": 1, "mail": 1}
    assert run() == {}
    assert told("action_due") + told("action_overdue") == [
        ("Anna Berg", "action_due", "2026-04-12"),
        ("Anna Berg", "action_overdue", "2026-04-02"),
    ]


def test_time_set_back_repeats_nothing(home_care, manager, anna, clock):
    plan(manager, home_care, owner_person=anna, due_date=date(2026, 3, 1))
    clock.move_to("2026-04-07 06:00+02:00")
    run()
    clock.move_to("2026-03-20 06:00+01:00")

    assert run() == {}
    assert told("action_overdue") == [("Anna Berg", "action_overdue", "2026-04-06")]


def test_new_last_day_is_reminded_of_too(home_care, manager, anna):
    action = plan(manager, home_care, owner_person=anna, due_date=date(2026, 3, 20))
    run()
    change(action, manager, due_date=date(2026, 3, 23))
    run()

    assert sorted(day for _name, _kind, day in told("action_due")) == ["2026-03-20", "2026-03-23"]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 3, 15), {"actions.overdue": 1}),
        (date(2026, 3, 16), {"actions.due": 1}),
        (date(2026, 3, 23), {"actions.due": 1}),
        (date(2026, 3, 24), {}),
        (None, {}),
    ],
)
def test_which_day_counts_as_soon_and_as_late(home_care, manager, due, expected):
    plan(manager, home_care, owner_person=manager, due_date=due)

    did = run()

    did.pop("mail", None)
    assert did == expected


@pytest.mark.parametrize("state", ["done", "closed", "cancelled"])
def test_what_is_over_is_not_late(home_care, manager, state):
    action_at(state, manager, home_care, owner_person=manager, due_date=date(2026, 3, 1))

    assert "actions.overdue" not in run()


def test_action_without_owner_reminds_nobody(home_care, manager):
    plan(manager, home_care, due_date=date(2026, 3, 1))

    assert run() == {}


def test_effect_is_asked_for_from_its_day_until_it_is_judged(home_care, manager, clock):
    given = {"owner_person": manager, "due_date": date(2026, 3, 1), "effect_due_date": date(2026, 3, 30)}
    waiting = action_at("done", manager, home_care, **given)
    judged = action_at("done", manager, home_care, **given)
    check(judged, manager)
    clock.move_to("2026-03-29 06:00+02:00")
    early = run()
    clock.move_to("2026-04-07 06:00+02:00")
    run()

    assert early == {}
    assert [(notice.target, str(notice.due_date)) for notice in Notice.objects.filter(kind="effect_due")] == [
        (waiting, "2026-04-06")
    ]


def test_effect_judged_before_the_action_was_opened_again_does_not_count(home_care, manager, clock):
    action = action_at("done", manager, home_care, owner_person=manager)
    check(action, manager)
    clock.move_to("2026-03-17 10:00+01:00")
    operations.reopen_action(action, by=manager, reason="Inte klart.")
    operations.complete_action(action, by=manager, result="Nu.", completed_date=date(2026, 3, 17))

    assert run()["actions.effect"] == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_statements_do_not_grow_with_the_rows(home_care, manager, anna, rows, django_assert_num_queries):
    for number in range(rows):
        plan(manager, home_care, owner_role="employee", due_date=date(2026, 3, 1), title=f"Åtgärd {number}")

    with django_assert_num_queries(13):
        assert remind_of_overdue(machine(), date(2026, 3, 16)) == rows


def test_rows_are_taken_some_at_a_time(home_care, manager, anna, monkeypatch):
    monkeypatch.setattr("hjulet.collaboration.notices.tellings.AT_A_TIME", 2)
    for number in range(5):
        plan(manager, home_care, owner_person=anna, due_date=date(2026, 3, 1), title=f"Åtgärd {number}")

    assert run()["actions.overdue"] == 5
