"""How far the year has come, quarter by quarter, and where the thread is broken."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hjulet.actions.models import Action, EffectCheck
from hjulet.actions.states import OPEN, ActionState
from hjulet.audit.answers import Answers
from hjulet.base.statements import in_one_row
from hjulet.monitoring.models import Occurrence
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, holds, holds_anywhere, units_within_reach
from hjulet.organisation.standing import kept_for
from hjulet.planning.models import QualityPlan, Risk, RiskAnalysis
from hjulet.planning.quality_plan.queries import plans_visible_to
from hjulet.planning.risks.queries import each_lack
from hjulet.reporting.follow_up.models import Period
from hjulet.reporting.follow_up.queries import follow_ups_visible_to
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.reporting.my_work.queries import Group, grouped, tasks_of
from hjulet.reporting.wheel.quarters import (
    ActionCount,
    Break,
    ControlCount,
    Facts,
    Quarter,
    RiskCount,
    quarters_of,
)

MOST_TASKS = 15
# Three for each nämnd, year and way to see it.
COUNTED = Answers("actions", "monitoring", "organisation", "planning", most=500)


@dataclass(frozen=True)
class Wheel:
    committee: Unit
    year: int
    quarters: tuple[Quarter, ...]

    @property
    def breaks(self) -> list[Break]:
        return [found for quarter in self.quarters for found in quarter.breaks]


@dataclass(frozen=True)
class StartPage:
    """The wheel of the chosen nämnd (None for whoever follows no nämnd) and the first of what awaits the person."""

    wheel: Wheel | None
    groups: list[Group]
    has_more_tasks: bool
    has_role: bool
    may_find: bool
    may_propose: bool


def start_page(person: Person, committee: Unit | None, year: int) -> StartPage:
    wheel = wheel_of(person, committee, year) if committee else None
    tasks = tasks_of(person, MOST_TASKS + 1)
    return StartPage(
        wheel,
        grouped(tasks[:MOST_TASKS]),
        has_more_tasks=len(tasks) > MOST_TASKS,
        has_role=bool(assignments_of(person)),
        may_find=holds_anywhere(person, Permission.RULEBOOK_READ),
        may_propose=holds_anywhere(person, Permission.IDEAS_PROPOSE),
    )


def committees_of(person: Person) -> QuerySet[Unit]:
    """The nämnder whose year the person may follow."""
    return units_within_reach(person, Permission.PLANS_READ).committees().order_by("name")


def wheel_of(person: Person, committee: Unit, year: int, *, day: date | None = None) -> Wheel:
    """The year of one nämnd as this person may see it: a fixed number of statements, whatever the year holds."""
    today = day or timezone.localdate()
    plan, reported, next_is_started = milestones(person, committee, year)
    counts = (count_actions, count_occurrences, count_risks)
    counted = counts if holds(person, Permission.RISKS_READ, committee) else counts[:-1]
    found = COUNTED.to(*(kept_for(person, count, committee, year, today) for count in counted))
    # What can find nothing is not asked and has no row.
    actions, controls, *risks = (next(iter(rows), ()) for rows in found)
    facts = Facts(
        committee=committee,
        year=year,
        today=today,
        risks=RiskCount.of(*risks[0]) if risks else None,
        actions=ActionCount(*actions),
        controls=ControlCount(*controls),
        plan=plan,
        reported=reported,
        next_is_started=next_is_started,
    )
    return Wheel(committee, year, quarters_of(facts))


def milestones(person: Person, committee: Unit, year: int) -> tuple[QualityPlan | None, frozenset[str], bool]:
    """The plan, the periods that the nämnd has had reported, and whether next year's analysis is begun."""
    plan = next(iter(kept_for(person, plans_of_the_year, committee, year)), None)
    if plan is None:
        return None, frozenset(), bool(kept_for(person, analyses_begun, committee, year + 1))
    return plan, frozenset(period for period in Period if getattr(plan, f"has_{period.value}")), plan.next_is_begun


def plans_of_the_year(person: Person, committee: Unit, year: int) -> QuerySet[QualityPlan]:
    """The version that the person sees, the latest, with what has been done beside it."""
    reported = follow_ups_visible_to(person).filter(plan__unit=committee, plan__year=year, state=FollowUpState.REPORTED)
    begun = analyses_begun(person, committee, year + 1)
    facts = {f"has_{period.value}": Exists(reported.filter(period=period).order_by()) for period in Period}
    plans = plans_visible_to(person).filter(unit=committee, year=year)
    return plans.annotate(**facts, next_is_begun=Exists(begun)).order_by("-version")[:1]


def analyses_begun(person: Person, committee: Unit, year: int) -> QuerySet[RiskAnalysis]:
    return RiskAnalysis.objects.visible_to(person).filter(unit=committee, year=year).order_by()[:1]


def count_risks(person: Person, committee: Unit, year: int, _today: date) -> QuerySet:
    """In the order of `Lack`, after all that are there."""
    risks = Risk.objects.visible_in(person, committee).filter(analysis__year=year).present()
    return in_one_row(risks, all=Count("pk"), **each_lack())


def count_actions(person: Person, committee: Unit, year: int, today: date) -> QuerySet:
    """In the order of `ActionCount`.

    A closed action has had its effect judged, or it could not have been closed: only those done are asked.
    """
    actions = Action.objects.visible_in(person, committee).filter(due_date__year=year)
    is_open = Q(state__in=OPEN)
    checks = EffectCheck.objects.filter(action=OuterRef("pk")).order_by()
    return in_one_row(
        actions,
        all=Count("pk", filter=~Q(state=ActionState.CANCELLED)),
        late=Count("pk", filter=is_open & Q(due_date__lt=today)),
        ownerless=Count("pk", filter=is_open & Q(owner_person=None, owner_role="")),
        done=Count("pk", filter=Q(state__in=[ActionState.DONE, ActionState.CLOSED])),
        unchecked=Count("pk", filter=Q(Q(state=ActionState.DONE), ~Exists(checks))),
    )


def count_occurrences(person: Person, committee: Unit, year: int, today: date) -> QuerySet:
    """In the order of `ControlCount`.

    By the state, which stands in the index of the year: for the key PostgreSQL would read the rows.
    """
    occasions = Occurrence.objects.visible_in(person, committee).filter(due_date__year=year)
    return in_one_row(
        occasions,
        all=Count("state", filter=~Q(state=OccurrenceState.NOT_APPLICABLE)),
        done=Count("state", filter=Q(state=OccurrenceState.DONE)),
        late=Count("state", filter=Q(state=OccurrenceState.PLANNED, due_date__lt=today)),
    )
