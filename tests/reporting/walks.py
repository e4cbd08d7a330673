"""A year at a nämnd with one red risk, an action and a control, and a follow-up of it in a given state."""

from dataclasses import dataclass
from datetime import date

from hjulet.organisation.models import Person, Unit
from hjulet.planning.models import QualityPlan, Risk
from hjulet.reporting.follow_up import operations
from hjulet.reporting.follow_up.models import Period
from hjulet.reporting.follow_up.states import FollowUpState as S
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning import walks as planning
from tests.planning.quality_plan import walks as plans

TODAY = date(2026, 3, 16)


@dataclass
class Year:
    committee: Unit
    developer: Person
    secretary: Person
    plan: QualityPlan

    @property
    def risk(self) -> Risk:
        return Risk.objects.get(analysis__year=2026)


def year_begun() -> Year:
    """The plan of 2026 is adopted: a red risk 3.1-like with an action, and a monthly control of it."""
    unit, developer = plans.home()
    secretary = plans.secretary(unit)
    plan = plans.plan_at("adopted", developer, secretary, unit)
    year = Year(unit, developer, secretary, plan)
    control = plan_control(developer, unit)
    year.risk.controls.add(control)
    return year


def write_everything(follow_up, by):
    for text in follow_up.texts.all():
        operations.write_text(text, by=by, revision=text.revision, body="Det går framåt.")
    if follow_up.period == Period.YEAR:
        operations.add_lesson(
            follow_up, by=by, quality_area=plans.area(), text="Schemat håller inte på helger.", becomes_risk=True
        )


def report(follow_up, by, **given):
    given = {"meeting_date": TODAY, "paragraph": "§ 20", "registry_number": "SN 2026/45"} | given
    return operations.report_follow_up(follow_up, by=by, **given)


def follow_up_at(state, year, period=Period.FIRST_TERTIAL):
    follow_up = operations.start_follow_up_of(year.plan, by=year.developer, period=period)
    if state == S.DRAFT:
        return follow_up
    write_everything(follow_up, year.developer)
    planning.assess(year.risk, year.developer, 2, 3)
    operations.propose_follow_up(follow_up, by=year.developer)
    if state == S.REPORTED:
        report(follow_up, year.secretary)
    assert follow_up.state == state
    return follow_up
