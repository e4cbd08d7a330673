from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse

from hjulet.base.addresses import address_of_row
from hjulet.monitoring.log_review import operations as log_review
from hjulet.organisation.deputies.operations import give_deputy
from hjulet.organisation.roles.queries import assignments_of, forget_assignments
from hjulet.planning.quality_plan import operations as quality_plan
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.reporting.my_work import kinds
from hjulet.reporting.my_work.queries import Task, awaiting, grouped, tasks_of
from tests.actions.walks import action_at
from tests.actions.walks import plan as plan_action
from tests.collaboration.secrecy.walks import mark
from tests.factories import assign, person, unit
from tests.monitoring.indicators.walks import define as define_indicator
from tests.monitoring.log_review.walks import place as review_place
from tests.monitoring.log_review.walks import rule
from tests.monitoring.recurring_duties.walks import plan as plan_duty
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning.ideas.walks import idea_at, propose
from tests.planning.participation.walks import outcome, outcome_at
from tests.planning.quality_plan import walks as plans
from tests.reporting.walks import TODAY, follow_up_at, year_begun
from tests.rulebook.agreements.walks import in_force
from tests.rulebook.laws.walks import judged, law, provision, supersede

pytestmark = pytest.mark.django_db


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


def test_agreements_await_whoever_is_responsible_from_when_there_is_something_to_do(home_care, manager):
    agreement = partial(in_force, manager, home_care, owner_person=manager)
    agreement(title="Följs upp", next_follow_up_date=date(2026, 4, 15))
    agreement(title="Följs upp senare", next_follow_up_date=date(2026, 4, 16))
    agreement(title="Förlängs", notice_date=date(2026, 6, 14), valid_to=date(2026, 12, 31))
    agreement(title="Förlängs senare", notice_date=date(2026, 6, 15), valid_to=date(2026, 12, 31))
    agreement(title="Slut", valid_to=date(2026, 3, 15))
    agreement(title="Slut i dag", valid_to=date(2026, 3, 16))
    in_force(manager, home_care, title="Ingens", next_follow_up_date=date(2026, 3, 1))

    assert [(task.day, task.kind, task.title) for task in tasks_of(manager)] == [
        (date(2026, 3, 15), "Avsluta eller förläng avtalet", "Slut"),
        (date(2026, 4, 15), "Följ upp avtalet", "Följs upp"),
        (date(2026, 6, 14), "Säg upp eller förläng avtalet", "Förlängs"),
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


@pytest.fixture
def everyone_in_one():
    """The secretary of a nämnd who leads a group there and reviews its log: they may do every kind of work."""
    year = year_begun()
    for role in ("group_manager", "log_reviewer", "social_director"):
        assign(year.secretary, role, year.committee)
    forget_assignments(year.secretary)
    return year


def let_every_kind_await(year):
    who, where = {"owner_person": year.secretary}, (year.developer, year.committee)
    plan_action(*where, title="Bygg ramp", due_date=date(2026, 9, 1), **who)
    action_at("done", *where, title="Byt larm", **who)
    plan_control(*where, ends_date=date(2026, 1, 31), **who)
    plan_duty(*where, **who)
    define_indicator(*where, months=12, **who)
    plan = quality_plan.revise_plan(year.plan, by=year.developer, reason="En risk till.")
    quality_plan.propose_plan(plan, by=year.developer)
    follow_up_at(FollowUpState.PROPOSED, year)
    asked = provision(year.developer, law(year.developer))
    judged(year.secretary, year.committee, asked)
    supersede(asked, year.developer)
    log_review.plan_review(
        by=year.secretary, unit=year.committee, rule=rule(), starts_date=date(2026, 2, 1), owner_role="log_reviewer"
    )


KINDS = {
    "Bedöm effekten": "Byt larm",
    "Genomför åtgärden": "Bygg ramp",
    "Granska läsloggen": "Logggranskning februari 2026, Äldrenämnden",
    "Gå igenom när lagen ändras": "Bedömning: 3 kap. 3 § SoL (2001:453)",
    "Gör egenkontrollen": "Genomförandeplaner är aktuella",
    "Gör årsuppgiften": "Kvalitetsredovisning till nämnden",
    "Mät nyckeltalet": "Barnet har fått tala",
    "Registrera nämndens beslut om planen": "Kvalitetsplan 2026, Äldrenämnden",
    "Registrera redovisningen i nämnden": "Uppföljning Tertial 1 2026, Äldrenämnden",
}


def test_every_kind_is_found_by_one_statement_as_none_is(everyone_in_one, django_assert_num_queries):
    whose = everyone_in_one.secretary
    assignments_of(whose)
    with django_assert_num_queries(1):
        assert tasks_of(whose) == []

    let_every_kind_await(everyone_in_one)

    with django_assert_num_queries(1):
        assert {task.kind: task.title for task in tasks_of(whose)} == KINDS


@pytest.mark.parametrize(("page", "statements"), [("my_work:list", 5), ("wheel:start", 11)])
def test_pages_take_the_same_statements_with_every_kind_as_with_none(
    client, everyone_in_one, page, statements, django_assert_num_queries
):
    client.force_login(everyone_in_one.secretary)
    with django_assert_num_queries(statements):
        client.get(reverse(page))

    let_every_kind_await(everyone_in_one)

    with django_assert_num_queries(statements):
        assert "Byt larm" in client.get(reverse(page)).text


def test_a_review_says_in_whose_place_it_awaits_a_deputy():
    at = review_place()
    deputy = person("Eva Strand", employee=at.unit)
    held = at.reviewer.role_assignments.get()
    give_deputy(held, by=at.reviewer, person=deputy, valid_from=TODAY, valid_to=TODAY)

    assert [(task.kind, task.in_place_of) for task in tasks_of(deputy)] == [("Granska läsloggen", "Lova Logg")]


def test_a_connection_that_has_just_been_made_is_asked_nothing_else(manager, django_assert_num_queries):
    assignments_of(manager)
    connection.features.__dict__.pop("supports_json_field", None)

    with django_assert_num_queries(1):
        assert list(awaiting(manager, most=1)) == []


def test_whoever_may_do_no_kind_of_work_asks_for_none(django_assert_num_queries):
    newcomer = person("Ny Utan Roll")
    assignments_of(newcomer)

    with django_assert_num_queries(0):
        assert tasks_of(newcomer) == []


def test_the_most_urgent_of_all_kinds_are_taken_and_those_without_a_day_last(home_care, manager):
    plan_action(manager, home_care, title="Utan dag", owner_person=manager)
    plan_action(manager, home_care, title="B", owner_person=manager, due_date=date(2026, 4, 1))
    plan_action(manager, home_care, title="A", owner_person=manager, due_date=date(2026, 4, 1))
    plan_duty(manager, home_care, owner_person=manager, title="Årets rapport")

    def titles(most):
        return [task.title for task in tasks_of(manager, most)]

    assert [titles(most) for most in (1, 2, 4)] == [
        ["Årets rapport"],
        ["Årets rapport", "A"],
        ["Årets rapport", "A", "B", "Utan dag"],
    ]


def test_what_a_secret_action_is_about_is_not_read(home_care, manager):
    mark(plan_action(manager, home_care, title="Om Kalle", owner_person=manager), manager)

    [found] = awaiting(manager, 1)

    assert (found.title, found.facts) == ("", {"is_secret": True})


def test_a_measurement_waits_for_the_role_where_it_is_measured(home_care):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    anna = person("Anna Berg", unit_manager=south)
    define_indicator(
        developer, home_care.committee, months=12, owner_role="unit_manager", measured_in=[home_care, south], lag_days=0
    )

    assert [(task.kind, task.unit, str(task.day)) for task in tasks_of(anna)] == [
        ("Mät nyckeltalet", "Hemtjänst Syd", "2026-12-31")
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

    with django_assert_num_queries(5):
        client.get(reverse("my_work:list"))


def test_nothing_awaits(client, manager):
    client.force_login(manager)

    assert "Inget väntar på dig" in client.get(reverse("my_work:list")).content.decode()


def test_what_was_said_and_proposed_waits_for_an_answer(home_care, manager):
    idea = propose(person("Ali Strand", employee=home_care), home_care)
    idea_at("declined", manager, home_care)
    said = outcome(manager, home_care, owner_role="unit_manager")
    outcome(manager, home_care, "God mat.", of_kind="works", owner_person=manager)
    outcome_at("no_measure", manager, home_care, owner_person=manager)

    assert [(task.day, task.kind, task.title, task.url) for task in tasks_of(manager)] == [
        (date(2026, 3, 30), "Svara på en idé", "Häng nycklarna vid dörren", idea.get_absolute_url()),
        (date(2026, 4, 15), "Svara på det som kom fram", "Maten är kall när den kommer.", said.get_absolute_url()),
    ]


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: f"{kind.model.__name__}: {kind.heading}")
def test_a_task_leads_to_its_row(kind):
    assert address_of_row(kind.model, 17) == kind.model(pk=17).get_absolute_url()
