from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact
from django.utils import timezone

from hjulet.base.expressions import Sifted
from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.collaboration.conversation.queries import never_spoken_of
from hjulet.monitoring.frequencies.models import MONTHS
from hjulet.monitoring.recurring_duties import rules
from hjulet.monitoring.recurring_duties.calendar import months_after
from hjulet.monitoring.recurring_duties.models import DutyOccurrence, DutyTemplate, RecurringDuty
from hjulet.monitoring.recurring_duties.states import COLORS, WORKFLOW, DutyState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach

BESIDE = ("duty__unit", "duty__owner_person", "duty__frequency", "done_by", "done_in")


@dataclass(frozen=True)
class DutyPage:
    """What the page of one duty shows to one person, the latest occurrence first."""

    duty: RecurringDuty
    rows: list[tuple[DutyOccurrence, str]]
    may_change: bool
    obstacle: str | None


@dataclass(frozen=True)
class OccurrencePage:
    occurrence: DutyOccurrence
    color: str
    is_waiting: bool
    moves: tuple[OpenMove, ...]
    history: list[Happening]


def duties_visible_to(person: Person) -> QuerySet[RecurringDuty]:
    """Where every page about duties starts."""
    return RecurringDuty.objects.visible_to(person).select_related("unit", "owner_person", "frequency")


def duties_listed_for(person: Person) -> QuerySet[RecurringDuty]:
    """With the day of the next occurrence as `next_due_date`."""
    planned = DutyOccurrence.objects.filter(duty=OuterRef("pk"), state=DutyState.PLANNED).order_by("due_date")
    return duties_visible_to(person).annotate(next_due_date=Subquery(planned.values("due_date")[:1]))


def duty_occurrences_visible_to(person: Person) -> QuerySet[DutyOccurrence]:
    return DutyOccurrence.objects.visible_to(person).select_related(*BESIDE)


def duties_awaiting(person: Person, *, day: date | None = None) -> QuerySet[DutyOccurrence]:
    """What the person is responsible for and whose time has begun, the most urgent first."""
    return (
        DutyOccurrence.objects.owned_by(person)
        .select_related(*BESIDE)
        .filter(Exact(Sifted("state"), Value(DutyState.PLANNED)), begins_date__lte=day or timezone.localdate())
        .order_by("due_date", "pk")
    )


def untouched(duty: RecurringDuty, *, day: date) -> list[DutyOccurrence]:
    """Occurrences still to come that nobody has done or said anything about: those a new calendar may replace."""
    return never_spoken_of(duty.occurrences.filter(state=DutyState.PLANNED, due_date__gte=day, steps=None))


def behind(last: date) -> QuerySet[RecurringDuty]:
    """The duties that have another day up to and with `last` than those laid out; the latest of these as `laid_to`."""
    is_behind = Q(laid_to=None)
    for months in (None, *MONTHS):
        is_behind |= Q(frequency__months=months, laid_to__lte=months_after(last, -(months or 12)))
    running = RecurringDuty.objects.filter(last_date=None, first_due_date__lte=last).select_related("frequency")
    return running.annotate(laid_to=Max("occurrences__due_date")).filter(is_behind).order_by("pk")


def units_to_plan_in(person: Person) -> QuerySet[Unit]:
    return units_within_reach(person, Permission.CONTROLS_EDIT).filter(valid_to=None).order_by("path")


def all_templates() -> QuerySet[DutyTemplate]:
    return DutyTemplate.objects.select_related("frequency")


def duty_page(person: Person, duty: RecurringDuty) -> DutyPage:
    may_change = rules.may_change(person, duty)
    rows = list(duty.occurrences.select_related("done_by").order_by("-due_date", "-pk"))
    return DutyPage(
        duty=duty,
        rows=[(row, COLORS[row.state]) for row in rows],
        may_change=may_change,
        obstacle=rules.obstacle_to_changing(duty) if may_change else None,
    )


def occurrence_page(person: Person, occurrence: DutyOccurrence) -> OccurrencePage:
    moves = WORKFLOW.moves_from(occurrence.state) if rules.may_work_on(person, occurrence) else ()
    return OccurrencePage(
        occurrence=occurrence,
        color=COLORS[occurrence.state],
        is_waiting=occurrence.state == DutyState.PLANNED,
        moves=tuple(OpenMove(move, rules.obstacle_to_move(occurrence, move.name)) for move in moves),
        history=history(WORKFLOW, beside(occurrence, "steps")),
    )
