from datetime import date

import pytest
from django.urls import reverse

from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.reporting.my_work.queries import Task, grouped, tasks_of
from tests.actions.walks import action_at
from tests.actions.walks import plan as plan_action
from tests.factories import committee, person, unit
from tests.monitoring.recurring_duties.walks import plan as plan_duty
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning.quality_plan import walks as plans
from tests.reporting.walks import follow_up_at, year_begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def home_care():
    return unit(committee())


@pytest.fixture
def manager(home_care):
    return person(unit_manager=home_care)


def test_what_awaits_is_sorted_by_day(home_care, manager):
    plan_action(manager, home_care, title="Bygg ramp", owner_person=manager, due_date=date(2026, 9, 1))
    plan_action(manager, home_care, title="Utan dag", owner_role="unit_manager")
    action_at("done", manager, home_care, title="Byt larm", owner_person=manager)
    action_at("closed", manager, home_care, owner_person=manager)
    plan_control(manager, home_care, owner_person=manager, starts_date=date(2026, 3, 1), ends_date=date(2026, 4, 30))
    plan_duty(manager, home_care, owner_person=manager)

    assert [(task.day, task.kind, task.title) for task in tasks_of(manager)] == [
        (date(2026, 3, 16), "Bedöm effekten", "Byt larm"),
        (date(2026, 3, 31), "Gör egenkontrollen", "Genomförandeplaner är aktuella"),
        (date(2026, 3, 31), "Gör årsuppgiften", "Kvalitetsredovisning till nämnden"),
        (date(2026, 9, 1), "Genomför åtgärden", "Bygg ramp"),
        (None, "Genomför åtgärden", "Utan dag"),
    ]


def test_whoever_enters_decisions_sees_what_lies_before_the_committee():
    year = year_begun()
    follow_up = follow_up_at(FollowUpState.PROPOSED, year)

    assert [(task.kind, task.url, task.title, task.unit) for task in tasks_of(year.secretary)] == [
        ("Registrera redovisningen i nämnden", follow_up.get_absolute_url(), str(follow_up), year.committee.name)
    ]


def test_a_proposed_plan_waits_for_whoever_enters_decisions():
    board, developer = plans.home()
    secretary = plans.secretary(board)
    plan = plans.plan_at("proposed", developer, secretary, board)

    assert [(task.kind, task.url, task.title) for task in tasks_of(secretary)] == [
        ("Registrera nämndens beslut om planen", plan.get_absolute_url(), str(plan))
    ]


def test_groups_in_time():
    def on(day):
        return Task(day, "Gör", "Något", "/", "Enhet")

    tasks = [on(date(2026, 3, 15)), on(date(2026, 3, 16)), on(date(2026, 3, 23)), on(date(2026, 3, 24)), on(None)]

    assert [(group.heading, len(group.tasks), group.is_late) for group in grouped(tasks)] == [
        ("Försenat", 1, True),
        ("Den närmaste veckan", 2, False),
        ("Senare", 1, False),
        ("Utan datum", 1, False),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        plan_action(manager, home_care, title=f"Åtgärd {number}", owner_person=manager)
        plan_control(manager, home_care, owner_person=manager)
        plan_duty(manager, home_care, owner_person=manager)
    client.force_login(manager)

    with django_assert_num_queries(7):
        client.get(reverse("my_work:list"))


def test_nothing_awaits(client, manager):
    client.force_login(manager)

    assert "Inget väntar på dig" in client.get(reverse("my_work:list")).content.decode()
