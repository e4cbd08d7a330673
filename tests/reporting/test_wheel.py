from datetime import date

import pytest
from django.db.models import Q
from django.urls import reverse

from hjulet.actions import operations as actions
from hjulet.actions.models import Action
from hjulet.monitoring.models import Control, Occurrence
from hjulet.organisation.roles.queries import forget_assignments
from hjulet.planning.models import Risk
from hjulet.reporting.follow_up import operations
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.reporting.wheel.pictures import wheel_figure
from hjulet.reporting.wheel.quarters import Part, Quarter
from hjulet.reporting.wheel.queries import wheel_of
from tests.actions.walks import plan as plan_action
from tests.collaboration.secrecy.walks import mark, open_marked
from tests.factories import assign, committee, municipality, person, provider, unit
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning import walks as planning
from tests.planning.quality_plan import walks as plans
from tests.reporting.walks import TODAY, follow_up_at, report, write_everything, year_begun

pytestmark = pytest.mark.django_db


def told(wheel):
    return {quarter.key: [found.sentence for found in quarter.breaks] for quarter in wheel.quarters}


def counted(wheel):
    return {quarter.key: [(part.done, part.total) for part in quarter.parts] for quarter in wheel.quarters}


def test_an_empty_year():
    unit, developer = plans.home()

    wheel = wheel_of(developer, unit, 2026)

    assert told(wheel) == {
        "plan": ["Ingen risk är beskriven för 2026.", "Kvalitetsplanen för 2026 är inte antagen."],
        "do": [],
        "check": [],
        "improve": [],
    }
    assert [quarter.share for quarter in wheel.quarters] == [0, None, 0, 0]


def test_who_may_not_read_risks_is_not_told_that_there_are_none():
    board, _developer = plans.home()
    wheel = wheel_of(person("Bo Ny", employee=board), board, 2026)

    assert told(wheel)["plan"] == ["Kvalitetsplanen för 2026 är inte antagen."]
    assert [part.label for quarter in wheel.quarters for part in quarter.parts if part.total] == [
        "Kvalitetsplan antagen",
        "Uppföljningar redovisade",
    ]


def test_a_year_under_way():
    year = year_begun()

    wheel = wheel_of(year.developer, year.committee, 2026)

    assert counted(wheel) == {
        "plan": [(1, 1), (1, 1)],
        "do": [(0, 1), (1, 1)],
        "check": [(0, 12), (0, 3)],
        "improve": [(0, 0), (0, 1)],
    }
    assert told(wheel) == {"plan": [], "do": [], "check": ["2 egenkontroller är försenade."], "improve": []}


def test_every_break_is_told_and_leads_to_where_it_is_mended(client, clock):
    year = year_begun()
    analysis = Risk.objects.get().analysis
    planning.risk(year.developer, analysis, None, quality_area=plans.area())
    planning.risk(year.developer, analysis, 4, 4, quality_area=plans.area())
    planning.risk(year.developer, analysis, 2, 2, quality_area=plans.area())
    plan_action(year.developer, year.committee, due_date=date(2026, 3, 1))
    done = plan_action(year.developer, year.committee, due_date=date(2026, 3, 1), owner_person=year.developer)
    actions.complete_action(done, by=year.developer, result="Klart.", completed_date=TODAY)
    clock.move_to("2026-05-04 10:00+02:00")
    client.force_login(year.developer)

    wheel = wheel_of(year.developer, year.committee, 2026)

    assert told(wheel) == {
        "plan": [
            "1 risk är inte bedömd.",
            "1 röd risk saknar åtgärd med ansvarig och sista dag.",
            "1 gul risk saknar fördjupad analys.",
        ],
        "do": ["1 åtgärd är försenad.", "1 åtgärd saknar ansvarig."],
        "check": ["4 egenkontroller är försenade.", "Tertial 1 2026 är inte redovisat i nämnden."],
        "improve": ["1 genomförd åtgärd saknar bedömd effekt."],
    }
    rows = {found.sentence: client.get(found.url).context.get("shown") for found in wheel.breaks}
    assert {sentence: shown.page.paginator.count for sentence, shown in rows.items()} == {
        "1 risk är inte bedömd.": 1,
        "1 röd risk saknar åtgärd med ansvarig och sista dag.": 1,
        "1 gul risk saknar fördjupad analys.": 1,
        "1 åtgärd är försenad.": 1,
        "1 åtgärd saknar ansvarig.": 1,
        "4 egenkontroller är försenade.": 4,
        "Tertial 1 2026 är inte redovisat i nämnden.": 0,
        "1 genomförd åtgärd saknar bedömd effekt.": 1,
    }


def test_lessons_that_were_not_taken_on(clock):
    year = year_begun()
    clock.move_to("2026-12-15 10:00+01:00")
    follow_up = follow_up_at(FollowUpState.DRAFT, year, "year")
    assert "improve" in told(wheel_of(year.developer, year.committee, 2026))

    from_reported = told_after_report(year, follow_up)

    assert from_reported == ["Lärdomarna från 2026 är inte förda till nästa års riskanalys."]


def told_after_report(year, follow_up):
    write_everything(follow_up, year.developer)
    planning.assess(year.risk, year.developer, 2, 3, assessed_date=date(2026, 12, 15))
    operations.propose_follow_up(follow_up, by=year.developer)
    report(follow_up, year.secretary, meeting_date=date(2026, 12, 15))
    return told(wheel_of(year.developer, year.committee, 2026))["improve"]


OF_A_UNIT = {
    Action: lambda where: Q(unit__path__startswith=where.path),
    Risk: lambda where: Q(analysis__unit__path__startswith=where.path),
    Control: lambda where: Q(unit__path__startswith=where.path),
    Occurrence: lambda where: Q(control__unit__path__startswith=where.path),
}


@pytest.mark.parametrize("role", ["quality_developer", "unit_manager", "auditor", "lawyer", "employee"])
@pytest.mark.parametrize("held_in", ["municipality", "committee", "unit", "other"])
def test_what_is_seen_of_a_unit_is_what_is_seen_of_all_there(role, held_in):
    """Markings, what one owns in another's unit, and what one has opened included."""
    board, developer = plans.home()
    places = {"municipality": municipality(), "committee": board, "unit": unit(board), "other": unit(committee("Två"))}
    someone = person("Bo Ny", **{role: places[held_in]})
    analysis = planning.analysis(developer, board)
    for _number in range(2):
        risk = planning.risk(developer, analysis, 4, 4, quality_area=plans.area())
        action = plan_action(developer, places["unit"])
    plan_control(developer, places["unit"])
    mark(risk, developer)
    marking = mark(action, developer)
    if held_in == "committee" and role == "lawyer":
        open_marked(marking, someone)
    other = person("Kim Två", quality_developer=places["other"].committee)
    plan_action(other, places["other"], owner_person=someone)
    forget_assignments(someone)

    for model, below in OF_A_UNIT.items():
        for where in (board, places["unit"], places["other"].committee):
            of_all = model.objects.visible_to(someone).filter(below(where))
            assert set(model.objects.visible_in(someone, where)) == set(of_all), (model, where)


def test_share_weighs_each_part_the_same():
    half = Quarter("k", "K", "?", (Part("a", 1, 2, "/"), Part("b", 0, 0, "/"), Part("c", 30, 30, "/")), ())

    assert half.share == 0.75


def test_picture_says_what_the_table_says():
    year = year_begun()

    figure = wheel_figure(wheel_of(year.developer, year.committee, 2026))

    assert figure.title == "Kvalitetshjulet för Äldrenämnden 2026"
    assert figure.description == "Hur långt året har kommit i fyra steg. Tråden är bruten på 1 ställe."
    assert len(figure.table.rows) == 4


@pytest.mark.parametrize("rows", [1, 3])
def test_start_page_statements(client, rows, django_assert_num_queries):
    year = year_begun()
    for number in range(rows - 1):
        planning.risk(year.developer, Risk.objects.first().analysis, 2, 3, quality_area=plans.area())
        plan_action(year.developer, year.committee, title=f"Åtgärd {number}", owner_person=year.developer)
    client.force_login(year.developer)

    with django_assert_num_queries(11):
        client.get(reverse("wheel:start"))
    with django_assert_num_queries(8):  # nothing has been logged meanwhile: what was counted is true
        client.get(reverse("wheel:start"))


@pytest.mark.parametrize(("role", "may"), [("employee", True), ("unit_manager", True), ("auditor", False)])
def test_an_idea_is_one_step_from_the_first_page(client, role, may):
    client.force_login(person(**{role: unit(committee())}))

    assert (reverse("ideas:propose") in client.get(reverse("wheel:start")).content.decode()) is may


@pytest.mark.parametrize(("waiting", "shown", "has_more"), [(15, 15, False), (16, 15, True)])
def test_start_page_shows_the_first_tasks_and_leads_to_the_rest(client, waiting, shown, has_more):
    year = year_begun()
    for number in range(waiting):
        plan_action(year.developer, year.committee, title=f"Steg {number}", owner_person=year.developer, due_date=TODAY)
    client.force_login(year.developer)

    response = client.get(reverse("wheel:start"))

    assert sum(len(group.tasks) for group in response.context["page"].groups) == shown
    assert ("Visa alla dina uppgifter" in response.content.decode()) is has_more


def test_choice_of_committee_and_year_stays_within_reach(client):
    year = year_begun()
    other = committee("Socialnämnden")
    client.force_login(year.developer)

    def shown(**query):
        wheel = client.get(reverse("wheel:start"), query).context["page"].wheel
        return wheel.committee.name, wheel.year

    assert shown() == ("Äldrenämnden", 2026)
    assert shown(ar=2025) == ("Äldrenämnden", 2025)
    assert shown(namnd=other.pk, ar="i fjol") == ("Äldrenämnden", 2026)


def test_whoever_reads_no_plans_gets_no_wheel(client):
    client.force_login(person("Sam System", system_administrator=municipality()))

    response = client.get(reverse("wheel:start"))

    assert (response.context["page"].wheel, response.status_code) == (None, 200)


@pytest.mark.parametrize(
    ("role", "expected"),
    [("", (False, False, False)), ("provider_contact", (True, True, False)), ("employee", (True, True, True))],
)
def test_the_start_page_offers_what_a_role_has_use_for(client, home_care, role, expected):
    someone = person("Pia Ek")
    if role:
        assign(someone, role, provider() if role == "provider_contact" else home_care)
    client.force_login(someone)

    answer = client.get(reverse("wheel:start"))

    page, text = answer.context["page"], answer.content.decode()
    assert (page.has_role, page.may_find, page.may_propose) == expected
    assert ("Saknar du en roll?" in text) is not page.has_role
    assert ("Lämna en idé" in text) is page.may_propose
