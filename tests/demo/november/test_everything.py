"""The demo late in its second year: every list, row, form and file, for whoever may open it."""

from datetime import date

import pytest

from hjulet.actions.models import Action, Effect
from hjulet.actions.states import ActionState
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.monitoring.models import (
    AgreementFollowUp,
    Control,
    DutyOccurrence,
    Indicator,
    Measurement,
    Occurrence,
    RecurringDuty,
)
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.roles import ROLES
from hjulet.planning.goals.models import lacks_indicator
from hjulet.planning.ideas.states import IdeaState
from hjulet.planning.models import CompetenceNeed, Goal, Idea, Meeting, Outcome, QualityPlan, Risk, RiskAnalysis
from hjulet.planning.participation.states import OutcomeState
from hjulet.planning.quality_plan.states import PlanState
from hjulet.planning.risks.models import Change, Lack
from hjulet.reporting.models import FollowUp
from hjulet.reporting.wheel.queries import committees_of, wheel_of
from hjulet.rulebook.agreements.queries import uncovered
from hjulet.rulebook.agreements.states import AgreementState
from hjulet.rulebook.models import Agreement, Law, LawReview, Provision
from tests.demo.crawl import OPENED_BY_GET, crawl, faults_in
from tests.demo.people import someone
from tests.demo.truths import untrue

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("in_november")]

# Someone of each role, with how many rows of each kind are opened; first those with more to fill in.
PEOPLE = {
    "farid": 3,
    "mattias": 12,
    "joakim": 2,
    "katarina": 9,
    **dict.fromkeys(
        "gunilla sofia samira erik rebecka oskar hanna ingrid maria peter vera lena petra birgitta".split(),
        1,
    ),
}

# What a list leaves out until it is asked for.
LEFT_OUT = (
    "/risker/?change=gone",
    "/mal/tabell/?withdrawn=on&year=2025",
    "/egenkontroll/tillfallen/?state=not_applicable",
    "/arshjul/uppgifter/tillfallen/?state=not_applicable",
    "/delaktighet/kompetens/?ended=on",
    "/sok/?q=hemtjänst",
    "/atgarder/?page=2",
)

# Opened by a button with the rows that were chosen.
SEVERAL = {
    "malin": (
        "/atgarder/andra-flera/?pk=1",
        "/risker/andra-flera/?pk=1",
        "/risker/sedan-forra-aret/?pk=1",
        "/mal/andra-flera/?pk=1",
        "/egenkontroll/andra-flera/?pk=1",
        "/egenkontroll/tillfallen/inte-aktuella/?pk=1",
        "/nyckeltal/andra-flera/?pk=1",
        "/nyckeltal/matningar/ej-matta/?pk=1",
        "/avtal/andra-flera/?pk=1",
        "/dokument/1/gallde/?day=2020-01-01",
    ),
    # What waits for these is not the first of its list.
    "sofia": ("/processer/2/",),
    "petra": ("/processer/2/",),
    "mattias": ("/roller/ge-flera/?pk=2", "/roller/avsluta-flera/?pk=1", "/bruten-trad/?kind=unit-role"),
    "joakim": ("/delegationer/beslut/anmal/?pk=1",),
}

# What nobody meets on this day, and why.
NOT_NOW = {
    "introductions:reopen": "nobody has come to the end of an introduction",
    "base:gallery": "for those who build pages; nothing links to it",
    "base:preview": "opened by the script of a text field",
    "calendar_feed:feed": "its secret is kept nowhere; programs read it",
    "documents:version_by_key": "the search leads there when it finds the file of a version",
    "documents:upload": "the one draft that may be changed is written here, and has no file",
    "laws:reopen": "what is to be gone through is still open",
    "follow_up:report": "no follow-up lies before the nämnd",
    "follow_up:send_back": "no follow-up lies before the nämnd",
    "responsibilities:answer_for": "somebody answers for every area; led to by what is missing",
    "people:stay": "asked for by the script of a page that has stood open for long, and says nothing",
    "people:remove_second_step": "nobody logs in with a second step",
    "people:unlink_login": "nobody comes in by single sign-on",
    "upkeep:alive": "asked by what watches the installation",
    "upkeep:figures": "asked by what watches the installation",
    "upkeep:ready": "asked by what watches the installation",
    "quality_plan:revise": "a new version of both plans is already under way",
    "competence:identify_risk": "this year's analyses are concluded",
    "ideas:identify_risk": "this year's analyses are concluded",
    "participation:identify_risk": "this year's analyses are concluded",
    "risks:change": "this year's analyses are concluded",
    "risks:identify": "this year's analyses are concluded",
    "risks:mark_change": "this year's analyses are concluded",
}


def led_to_by_panels(key):
    """A few of each panel are opened; what stands in others has no list, or far down in one."""
    person = someone(key)
    not_measured = Measurement.objects.visible_to(person).filter(state=MeasurementState.NOT_MEASURED)
    return [row.get_absolute_url() for row in (*AgreementFollowUp.objects.visible_to(person), *not_measured)]


def test_it_holds_together():
    assert untrue() == []


def test_auditor_opens_every_row_and_file():
    pages = crawl(someone("bengt"), rows=1000, also=(*LEFT_OUT, *led_to_by_panels("bengt")))

    assert faults_in(pages) == []
    opened = {page.url for page in pages}
    for model in (
        Action,
        Agreement,
        AgreementFollowUp,
        CompetenceNeed,
        Control,
        DutyOccurrence,
        FollowUp,
        Goal,
        Indicator,
        Law,
        LawReview,
        Measurement,
        Occurrence,
        Provision,
        Idea,
        Meeting,
        Occurrence,
        Outcome,
        QualityPlan,
        RecurringDuty,
        Risk,
        RiskAnalysis,
    ):
        open_rows = [row for row in model.objects.all() if not getattr(row, "is_secret", False)]
        assert {row.get_absolute_url() for row in open_rows} - opened == set()
    assert opened.isdisjoint({row.get_absolute_url() for row in Risk.objects.filter(is_secret=True)})


def test_everyone_opens_what_the_role_shows_and_every_view_is_opened_by_someone():
    pages = crawl(someone("malin"), rows=16, also=(*LEFT_OUT, *SEVERAL["malin"], *led_to_by_panels("malin")))
    for key, rows in PEOPLE.items():
        pages += crawl(someone(key), rows=rows, also=SEVERAL.get(key, ()))

    assert faults_in(pages) == []
    assert OPENED_BY_GET - {page.view for page in pages} == NOT_NOW.keys()


def test_every_role_is_held_by_someone():
    assert set(RoleAssignment.objects.values_list("role", flat=True)) == set(ROLES)


def test_secrecy_runs_between_the_committees():
    seen = {key: {str(unit) for unit in committees_of(someone(key))} for key in ("malin", "farid", "bengt", "mattias")}

    assert seen == {
        "malin": {"Äldrenämnden"},
        "farid": {"Socialnämnden"},
        "bengt": {"Äldrenämnden", "Socialnämnden"},
        "mattias": set(),
    }


def test_last_year_is_closed_and_this_year_under_way():
    plans = sorted((str(plan), plan.version, plan.state) for plan in QualityPlan.objects.all())

    assert plans == [
        ("Kvalitetsplan 2025, Socialnämnden", 1, PlanState.CLOSED),
        ("Kvalitetsplan 2025, Äldrenämnden", 1, PlanState.SUPERSEDED),
        ("Kvalitetsplan 2025, Äldrenämnden", 2, PlanState.CLOSED),
        ("Kvalitetsplan 2026, Socialnämnden", 1, PlanState.FOLLOWED_UP),
        ("Kvalitetsplan 2026, Socialnämnden", 2, PlanState.PROPOSED),
        ("Kvalitetsplan 2026, Äldrenämnden", 1, PlanState.FOLLOWED_UP),
        ("Kvalitetsplan 2026, Äldrenämnden", 2, PlanState.ON_REFERRAL),
    ]


def test_it_shows_every_state_of_the_work():
    assert set(Action.objects.values_list("state", flat=True)) == set(ActionState.values)
    assert set(Occurrence.objects.values_list("state", flat=True)) == set(OccurrenceState.values)
    assert set(DutyOccurrence.objects.values_list("state", flat=True)) == set(DutyState.values)
    assert set(Measurement.objects.values_list("state", flat=True)) == set(MeasurementState.values)
    assert set(Agreement.objects.values_list("state", flat=True)) == set(AgreementState.values)
    assert set(Outcome.objects.values_list("state", flat=True)) == set(OutcomeState.values)
    assert set(Idea.objects.values_list("state", flat=True)) == set(IdeaState.values)
    assert set(Risk.objects.filter(analysis__year=2026).values_list("change", flat=True)) == set(Change.values)
    assert set(Action.objects.exclude(effect_checks=None).values_list("effect_checks__effect", flat=True)) == set(
        Effect.values
    )


def test_the_thread_is_broken_on_purpose_and_the_start_page_says_where():
    committee = committees_of(someone("malin")).get()
    wheel = wheel_of(someone("malin"), committee, 2026)

    broken = {quarter.key: len(quarter.breaks) for quarter in wheel.quarters}
    assert min(broken.values()) >= 1
    assert [str(risk) for risk in Risk.objects.lacking(Lack.ACTION)] == ["6.1 Utredningar drar ut på tiden"]
    assert [str(row) for row in DutyOccurrence.objects.overdue(date(2026, 11, 22))] == [
        "Samtal med pensionärsråd och funktionshinderråd, 2025-10-15",
        "Medarbetarenkät med åtgärder, 2026-11-15",
    ]
    assert [str(row) for row in Agreement.objects.unfollowed(date(2026, 11, 22))] == ["Plan mot våld i nära relationer"]
    assert [str(row) for row in uncovered(date(2026, 11, 22))] == ["Placerade barn och unga"]
    assert {str(goal) for goal in Goal.objects.in_force().during(2026).filter(lacks_indicator())} == {
        "Betalt för det som är gjort: ersättningen till utförare går att kontrollera",
        "Rätt från början: utbetalningar vilar på kontrollerade uppgifter",
    }
    assert Action.objects.filter(owner_person=None, owner_role="").get().title.startswith("Fråga anhöriga")
