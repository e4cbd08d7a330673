"""What other parts of the product know of the year: its risk analysis, plan and follow-ups, and the next analysis."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.planning.models import RiskAnalysis
from hjulet.planning.quality_plan.queries import plans_visible_to
from hjulet.planning.quality_plan.states import DECIDED
from hjulet.planning.risks.states import AnalysisState
from hjulet.reporting.follow_up.models import Period
from hjulet.reporting.follow_up.periods import period_ends
from hjulet.reporting.follow_up.queries import follow_ups_visible_to
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.reporting.year_wheel.standings import COLORS, Standing


@dataclass(frozen=True)
class Entry:
    """One thing of the year. Without a day nobody has said when it must be done."""

    day: date | None
    kind: str
    title: str
    unit: str
    owner: str
    standing: Standing
    url: str

    @property
    def color(self) -> str:
        return COLORS[self.standing]


def milestones_of(person: Person, committee: Unit, year: int, today: date) -> list[Entry]:
    """In the order in which a year brings them; three statements."""
    return [
        *analyses(person, committee, year, today),
        *plan(person, committee, year, today),
        *follow_ups(person, committee, year, today),
    ]


def analyses(person: Person, committee: Unit, year: int, today: date) -> Iterator[Entry]:
    """This year's and next year's. Neither has a day of its own: the analysis stands before the year it is for.

    Nothing for whoever may not read analyses: to them one that is there looks as if it were missing.
    """
    if not holds(person, Permission.RISKS_READ, committee):
        return
    rows = RiskAnalysis.objects.visible_to(person).filter(unit=committee, year__in=(year, year + 1))
    found = {analysis.year: analysis for analysis in rows}
    for which in (year, year + 1):
        analysis = found.get(which)
        is_done = analysis is not None and analysis.state != AnalysisState.ONGOING
        standing = standing_before(which, today, is_done=is_done, is_begun=analysis is not None)
        url = analysis.get_absolute_url() if analysis else reverse("risk_analyses:list")
        yield entry(None, _("Riskanalys för %(year)s") % {"year": which}, committee, standing, url)


def plan(person: Person, committee: Unit, year: int, today: date) -> Iterator[Entry]:
    """On the day when the nämnd adopted the first version; until then without a day."""
    plans = list(
        plans_visible_to(person).filter(unit=committee, year=year).select_related("decision").order_by("version")
    )
    decided = next((plan for plan in plans if plan.state in DECIDED), None)
    standing = standing_before(year, today, is_done=decided is not None, is_begun=bool(plans))
    day = decided.decision.meeting_date if decided else None
    url = plans[-1].get_absolute_url() if plans else reverse("quality_plan:list")
    yield entry(day, _("Kvalitetsplanen för %(year)s antas") % {"year": year}, committee, standing, url)


def follow_ups(person: Person, committee: Unit, year: int, today: date) -> Iterator[Entry]:
    """On the last day of each period, or on the day when the nämnd had it."""
    rows = follow_ups_visible_to(person).filter(plan__unit=committee, plan__year=year).select_related("decision")
    found = {follow_up.period: follow_up for follow_up in rows}
    for period in Period:
        follow_up, ends = found.get(period), period_ends(period, year)
        is_done = follow_up is not None and follow_up.state == FollowUpState.REPORTED
        day = follow_up.decision.meeting_date if is_done and follow_up else ends
        standing = Standing.DONE if is_done else Standing.LATE if ends < today else Standing.COMING
        if standing == Standing.COMING and follow_up:
            standing = Standing.BEGUN
        url = follow_up.get_absolute_url() if follow_up else reverse("follow_up:list")
        title = _("Uppföljning %(period)s %(year)s") % {"period": period.label, "year": year}
        yield entry(day, title, committee, standing, url)


def standing_before(year: int, today: date, *, is_done: bool, is_begun: bool) -> Standing:
    """Of what should be there when the year begins."""
    if is_done:
        return Standing.DONE
    if today.year >= year:
        return Standing.LATE
    return Standing.BEGUN if is_begun else Standing.COMING


def entry(day: date | None, title: str, committee: Unit, standing: Standing, url: str) -> Entry:
    kind = _("Plan och uppföljning")
    return Entry(day=day, kind=kind, title=title, unit=committee.name, owner="", standing=standing, url=url)
