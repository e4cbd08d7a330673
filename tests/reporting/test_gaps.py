import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hjulet.monitoring.indicators.operations import withdraw_indicator
from hjulet.monitoring.log_review.states import ReviewState
from hjulet.monitoring.recurring_duties.operations import stop_duty
from hjulet.organisation.models import ResponsibilityArea
from hjulet.organisation.units.models import UnitKind
from hjulet.planning.goals.operations import measure_goal
from hjulet.planning.models import GoalLevel
from hjulet.planning.risks import operations as risks
from tests.actions.walks import action_at
from tests.actions.walks import plan as plan_action
from tests.factories import committee, municipality, person, unit
from tests.monitoring.indicators.walks import define as define_indicator
from tests.monitoring.indicators.walks import turn
from tests.monitoring.log_review import walks as reviews
from tests.monitoring.recurring_duties.walks import first
from tests.monitoring.recurring_duties.walks import plan as plan_duty
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.organisation.responsibilities.walks import answer, area, expect
from tests.planning import walks as planning
from tests.planning.competence import walks as competence
from tests.planning.goals.walks import goal as set_goal
from tests.planning.ideas.walks import idea_at, propose
from tests.planning.participation.walks import outcome, outcome_at
from tests.planning.quality_plan import walks as plans
from tests.rulebook.agreements import walks as agreements

pytestmark = pytest.mark.django_db
GAPS = reverse("gaps:list")


@pytest.fixture
def board():
    return committee("Äldrenämnden")


@pytest.fixture
def home_care(board):
    return unit(board)


@pytest.fixture
def developer(board, client):
    developer = person("Kim Kvalitet", quality_developer=board)
    client.force_login(developer)
    return developer


def counts(client, **query):
    page = client.get(GAPS, query).context["page"]
    return {found.kind.key: found.count for found in page.kinds if found.count}


def shown(client, **query):
    return [
        (str(cells[0][1]), cells[2][1] and cells[2][1].href) for cells in client.get(GAPS, query).context["shown"].rows
    ]


def test_a_whole_thread_says_so(client, developer):
    response = client.get(GAPS)

    assert (response.context["page"].count, "Tråden är hel" in response.content.decode()) == (0, True)


def test_who_sees_nothing_of_the_thread_is_not_told_that_it_is_whole(client):
    client.force_login(person("Sam System", system_administrator=municipality()))

    page = client.get(GAPS).content.decode()

    assert ("Tråden är hel" in page, "Det här går inte att se med din roll" in page) == (False, True)
    assert "bell-gaps" not in page


def test_a_goal_nobody_answers_for(client, developer, home_care):
    goal = set_goal(developer, home_care)
    set_goal(person("Rut", quality_developer=municipality()), municipality(), "Vision")
    set_goal(developer, home_care, owner_role="unit_manager")
    set_goal(developer, home_care, first_year=2025, last_year=2025)

    assert counts(client) == {"goal-owner": 1, "goal-indicator": 2}
    assert shown(client) == [(str(goal), reverse("goals:change", args=[goal.pk]))]


def test_a_goal_that_nothing_measures_is_mended_by_choosing_an_indicator(client, developer, board, home_care):
    goal = set_goal(developer, home_care, owner_role="unit_manager")
    vision = GoalLevel.objects.create(key="vision", name="Hela kommunens vision", order=9)
    set_goal(developer, board, level=vision, owner_role="unit_manager")
    set_goal(person("Rut", quality_developer=municipality()), municipality(), "Strategiskt mål")
    gone = define_indicator(developer, home_care, name="Avskaffat", owner_role="unit_manager")
    measure_goal(goal, by=developer, indicator=gone)
    withdraw_indicator(gone, by=developer, reason="Ersatt.")
    address = reverse("goals:choose_indicator", args=[goal.pk])

    assert shown(client, kind="goal-indicator") == [(str(goal), address)]

    indicator = define_indicator(developer, home_care, owner_role="unit_manager")
    client.post(address, {"indicator": indicator.pk})
    assert counts(client) == {}


def test_what_an_indicator_lacks(client, developer, home_care, clock):
    indicator = define_indicator(developer, home_care, question="Vilket mål?")
    define_indicator(developer, home_care, name="Helt", owner_role="unit_manager", months=12)
    change = reverse("indicators:change", args=[indicator.pk])

    assert counts(client) == {"indicator-owner": 1, "indicator-question": 1}
    assert shown(client, kind="indicator-owner") == [(str(indicator), change)]
    assert shown(client, kind="indicator-question") == [(str(indicator), change)]

    clock.move_to("2026-05-05 12:00Z")
    client.force_login(developer)
    late = turn(indicator)
    assert shown(client, kind="measurement-late") == [(str(late), reverse("indicators:record", args=[late.pk]))]


def test_what_a_risk_asks_for_each_with_the_page_that_mends_it(client, developer, home_care):
    year = planning.analysis(developer, home_care)
    new = planning.risk(developer, year, probability=None)
    yellow, red = planning.risk(developer, year, 2, 2), planning.risk(developer, year, 4, 4)
    planning.risk(developer, planning.analysis(developer, home_care, 2025), 4, 4)

    assert counts(client) == {"risk-assessment": 1, "risk-action": 1, "risk-analysis": 1, "risk-control": 2}
    for key, row, page in (
        ("risk-assessment", new, "assess"),
        ("risk-action", red, "plan_action"),
        ("risk-analysis", yellow, "analyse_deeper"),
    ):
        assert shown(client, kind=key) == [(str(row), reverse(f"risks:{page}", args=[row.pk]))]
    assert shown(client, kind="risk-control") == [
        (str(row), reverse("risks:plan_control", args=[row.pk])) for row in (yellow, red)
    ]


def test_an_acceptance_that_has_run_out(client, developer, home_care, clock):
    low = planning.risk(developer, planning.analysis(developer, home_care), 1, 1)
    head = person("Dag Direktör", social_director=home_care.parent)
    risks.accept_risk(low, by=head, reason="Liten.", until=date(2026, 4, 1))
    assert counts(client) == {}

    clock.move_to(datetime(2026, 4, 2, 12, tzinfo=UTC))
    client.force_login(developer)

    assert counts(client) == {"risk-acceptance": 1}


def test_what_an_action_lacks(client, developer, home_care):
    def made(state="planned", **given):
        return action_at(
            state, developer, home_care, **{"owner_person": developer, "due_date": date(2026, 5, 1)} | given
        )

    made()
    made("closed")
    made("cancelled", owner_person=None, due_date=None)
    ownerless, endless = made(owner_person=None), made("ongoing", due_date=None)
    late, unchecked = made("hindered", due_date=date(2026, 3, 15)), made("done")

    assert counts(client) == {"action-owner": 1, "action-date": 1, "action-late": 1, "action-effect": 1}
    for key, row, page in (
        ("action-owner", ownerless, "change"),
        ("action-date", endless, "change"),
        ("action-late", late, "note_progress"),
        ("action-effect", unchecked, "check_effect"),
    ):
        assert shown(client, kind=key) == [(str(row), reverse(f"actions:{page}", args=[row.pk]))]


def test_a_control_without_result(client, developer, home_care):
    control = plan_control(developer, home_care, owner_person=developer)
    late = control.occurrences.filter(due_date__lt=planning.TODAY).order_by("due_date")

    assert counts(client) == {"control-result": late.count()}
    assert shown(client)[0][1] == reverse("self_monitoring:record", args=[late.first().pk])


def test_a_duty_that_is_late_and_one_that_nobody_answers_for(client, developer, home_care):
    late = first(plan_duty(developer, home_care, first_due_date=date(2026, 3, 15), owner_person=developer))
    ownerless = plan_duty(developer, home_care)
    stop_duty(plan_duty(developer, home_care), by=developer, reason="Slås ihop.")

    assert counts(client) == {"duty-owner": 1, "duty-late": 1}
    for key, row, page in (("duty-owner", ownerless, "change"), ("duty-late", late, "finish")):
        assert shown(client, kind=key) == [(str(row), reverse(f"recurring_duties:{page}", args=[row.pk]))]


def test_a_review_of_the_log_that_is_late(client, clock):
    place = reviews.place()
    late = place.review
    client.force_login(place.reviewer)
    assert counts(client) == {}
    clock.move_to(datetime(2026, 4, 1, 12, tzinfo=UTC))
    client.force_login(place.reviewer)

    assert counts(client) == {"review-late": 1}
    assert shown(client) == [(str(late), reverse("log_review:detail", args=[late.pk]))]
    client.force_login(place.manager)
    assert counts(client) == {}

    reviews.review_at(ReviewState.SIGNED, place)
    client.force_login(place.reviewer)
    assert counts(client) == {}


def test_a_plan_nobody_has_adopted(client):
    board, developer = plans.home()
    client.force_login(developer)
    plan = plans.plan_at("draft", developer, None, board)

    assert shown(client, kind="plan-adoption") == [(str(plan), plan.get_absolute_url())]


def test_whoever_may_not_mend_sees_what_is_broken_without_a_button(client, board, developer, home_care):
    action = plan_action(developer, home_care, owner_role="unit_manager")
    client.force_login(person("Gun Ledamot", committee_member=board))

    assert shown(client, kind="action-date") == [(str(action), None)]


def test_only_one_unit_and_what_is_below(client, board, developer, home_care):
    other = unit(board, "Ekbacken")
    for place in (home_care, other):
        plan_action(developer, place, owner_role="unit_manager")

    assert (counts(client), counts(client, unit=other.pk)) == ({"action-date": 2}, {"action-date": 1})
    assert len(shown(client, unit=other.pk)) == 1


def test_another_committee_learns_nothing_from_counts(client, developer, home_care):
    plan_action(developer, home_care)
    client.force_login(person("Eva Dal", quality_developer=committee("Skolnämnden")))

    assert (counts(client), counts(client, unit=home_care.pk)) == ({}, {})


def test_an_unknown_kind_shows_the_first_that_has_any(client, developer, home_care):
    plan_action(developer, home_care, owner_role="unit_manager")

    assert client.get(GAPS, {"kind": "x"}).context["page"].kind.key == "action-date"


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, developer, home_care, rows, django_assert_num_queries):
    for number in range(rows):
        plan_action(developer, home_care, title=f"Steg {number}")

    with django_assert_num_queries(11):  # three of them save the number in the session
        client.get(GAPS)


def told_on(client, address="/mal/"):
    """The number in the top of a page, and whether it is to be counted anew beside it."""
    page = client.get(address).content.decode()
    number = re.search(r'bell-gaps"[^>]*><span class="bell-count">(\d+)<', page)
    return number and int(number[1]), reverse("gaps:count") in page


def test_the_number_in_the_top_is_counted_beside_the_page_and_then_remembered(client, developer, home_care, clock):
    plan_action(developer, home_care, owner_role="unit_manager")
    assert told_on(client) == (None, True)

    counted = client.get(reverse("gaps:count")).content.decode()

    assert ('<span class="bell-count">1</span>' in counted, "hx-get" in counted) == (True, False)
    assert told_on(client) == (1, False)
    clock.move_to(datetime(2026, 3, 16, 9, 16, tzinfo=UTC))
    assert told_on(client) == (1, True)


def test_the_page_itself_knows_the_number(client, developer, home_care):
    plan_action(developer, home_care, owner_role="unit_manager")
    client.get(GAPS, {"unit": unit(home_care.parent, "Ekbacken").pk})
    assert told_on(client) == (None, True)

    assert told_on(client, GAPS) == (1, False)
    assert told_on(client) == (1, False)


def test_the_number_costs_a_page_no_statement(client, developer, home_care):
    client.get(GAPS)
    with CaptureQueriesContext(connection) as known:
        client.get("/mal/")
    client.session.flush()
    client.force_login(developer)
    with CaptureQueriesContext(connection) as unknown:
        client.get("/mal/")

    assert len(known) == len(unknown)


def test_nothing_is_fetched_until_the_one_time_password_is_changed(client, developer):
    developer.must_change_password = True
    developer.save()

    page = client.get(reverse("account_change_password"))

    assert (page.status_code, "bell-gaps" in page.content.decode()) == (200, False)


def test_what_agreements_lack(client, developer, board, home_care):
    manager = person("Karin Ek", unit_manager=home_care)
    owned = {"owner_person": manager, "contact_function": "Samordnare"}
    agreements.in_force(manager, home_care, title="Utan ansvarig")
    agreements.in_force(manager, home_care, title="Utan kontakt", **owned | {"contact_function": ""})
    late = agreements.in_force(manager, home_care, title="Försenat", next_follow_up_date=date(2026, 3, 15), **owned)
    over = agreements.in_force(manager, home_care, title="Slut", valid_to=date(2026, 3, 15), **owned)
    agreements.draft(manager, home_care, title="Utkast")
    agreements.basis()

    assert counts(client) == {
        "agreement-owner": 2,
        "agreement-follow-up": 1,
        "agreement-end": 1,
        "agreement-mandatory": 1,
    }
    mended = {key: shown(client, kind=key) for key in ("agreement-follow-up", "agreement-end", "agreement-mandatory")}
    assert mended == {
        "agreement-follow-up": [("Försenat", reverse("agreement_follow_ups:record", args=[late.pk]))],
        "agreement-end": [("Slut", over.get_absolute_url())],
        "agreement-mandatory": [("Äldrenämnden", reverse("agreements:mandatory", args=[board.pk]))],
    }


def test_counting_statements(client, developer, home_care, django_assert_num_queries):
    plan_action(developer, home_care)

    with django_assert_num_queries(7):
        client.get(reverse("gaps:count"))


def test_a_committee_where_nobody_answers_for_an_area(client, developer, board):
    answer(developer, area(), board, role="quality_developer")
    area("Samverkan", 2)

    assert counts(client) == {"area-role": 1}
    assert shown(client, kind="area-role") == [
        ("Äldrenämnden", reverse("responsibilities:answer_for", args=[board.pk]))
    ]
    answer(developer, ResponsibilityArea.objects.get(name="Samverkan"), unit(board), role="quality_developer")
    assert counts(client) == {"area-holder": 1}


def test_an_area_whose_role_nobody_has(client, developer, board, home_care):
    responsibility = answer(developer, area(), board, role="unit_manager")

    assert counts(client) == {"area-holder": 1}
    assert shown(client) == [
        ("Tillgänglighet: Enhetschef", reverse("responsibilities:change", args=[responsibility.pk]))
    ]
    person("Karin", unit_manager=home_care)
    assert counts(client) == {}


def test_a_unit_that_lacks_a_role(client, developer, board, home_care):
    expect("unit_manager", UnitKind.UNIT)
    expect("social_director", UnitKind.COMMITTEE)
    person("Dag", social_director=home_care)

    assert counts(client) == {"unit-role": 1}
    assert counts(client, unit=home_care.pk) == {"unit-role": 1}
    assert shown(client) == [("Hemtjänst Norr", None)]
    client.force_login(person("Siv System", system_administrator=board))
    assert shown(client) == [("Hemtjänst Norr", reverse("roles:assign_in", args=[home_care.pk]))]
    form = client.get(reverse("roles:assign_in", args=[home_care.pk])).context["form"]
    assert form.initial["unit"] == home_care.pk
    person("Karin", unit_manager=home_care)
    assert counts(client) == {}


def test_what_was_said_and_proposed_is_answered_in_time(client, clock, home_care, developer):
    assistant = person("Ali Strand", employee=home_care)
    said, idea = outcome(developer, home_care), propose(assistant, home_care)
    outcome(developer, home_care, "God mat.", of_kind="works")
    outcome_at("linked", developer, home_care)
    idea_at("declined", developer, home_care)
    clock.move_to(datetime(2026, 3, 30, 10, tzinfo=UTC))
    client.force_login(developer)
    assert counts(client) == {"action-owner": 1, "action-date": 1}
    clock.move_to(datetime(2026, 4, 16, 10, tzinfo=UTC))
    client.force_login(developer)

    assert counts(client) == {"action-owner": 1, "action-date": 1, "outcome-answer": 1, "idea-answer": 1}
    assert shown(client, kind="outcome-answer") == [(str(said), said.get_absolute_url())]
    assert shown(client, kind="idea-answer") == [(str(idea), idea.get_absolute_url())]
    client.force_login(assistant)
    assert shown(client, kind="idea-answer") == [(str(idea), None)]


def test_what_few_have_of_a_competence_is_planned_for(client, home_care, developer):
    need = competence.need(developer, home_care)
    competence.need(developer, home_care, role_title="Kock", plan="Kurs.")
    competence.need(developer, home_care, role_title="Chef", have=8)
    competence.need(developer, home_care, role_title="Vaktmästare", have=None, headcount=None)
    few = competence.need(developer, home_care, role_title="Sjuksköterska", needed=4, have=1, headcount=4)

    change = [(str(row), reverse("competence:change", args=[row.pk])) for row in (few, need)]
    assert counts(client) == {"competence-plan": 2}
    assert sorted(shown(client, kind="competence-plan")) == sorted(change)
    client.force_login(person("Lena Ledamot", committee_member=home_care.committee))
    assert shown(client, kind="competence-plan") == [(str(need), None)]
