import operator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.lookups import Exact
from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.base.expressions import Sifted
from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.collaboration.conversation.queries import never_spoken_of
from hjulet.monitoring.self_monitoring import rules
from hjulet.monitoring.self_monitoring.models import PHASE_COLORS, Control, Occurrence
from hjulet.monitoring.self_monitoring.outcomes import FEWEST_FOR_AN_EFFECT, Outcome, development, outcome_of, told
from hjulet.monitoring.self_monitoring.states import COLORS, WORKFLOW, OccurrenceState
from hjulet.organisation.models import Person
from hjulet.organisation.standing import kept_about

BESIDE = ("control__unit", "control__owner_person", "control__frequency", "done_by", "done_in")

__all__ = ["Outcome", "outcome_of"]


def controls_visible_to(person: Person) -> QuerySet[Control]:
    """Where every page about controls starts."""
    return Control.objects.visible_to(person).select_related("unit", "owner_person", "frequency", "quality_area")


def controls_listed_for(person: Person) -> QuerySet[Control]:
    """With the day of the next occurrence as `next_due_date`, and the latest result alone in `latest`."""
    planned = Occurrence.objects.filter(control=OuterRef("pk"), state=OccurrenceState.PLANNED).order_by("due_date")
    done = Occurrence.objects.filter(state=OccurrenceState.DONE)
    later = done.filter(control=OuterRef("control"), period_end__gt=OuterRef("period_end"))
    latest = done.filter(~Exists(later)).select_related("control")
    return (
        controls_visible_to(person)
        .annotate(next_due_date=Subquery(planned.values("due_date")[:1]))
        .prefetch_related(Prefetch("occurrences", queryset=latest, to_attr="latest"))
    )


def occurrences_visible_to(person: Person) -> QuerySet[Occurrence]:
    """Where every page about occurrences starts."""
    return Occurrence.objects.visible_to(person).select_related(*BESIDE)


def occurrences_listed_for(person: Person) -> QuerySet[Occurrence]:
    """For the table, which may be a file of twenty thousand: only what a row of it tells."""
    rows = Occurrence.objects.visible_to(person).select_related("control__unit", "control__owner_person")
    return rows.defer("control__requirement", "control__purpose", "evidence")


def occurrences_awaiting(person: Person, *, day: date | None = None) -> QuerySet[Occurrence]:
    """What the person is responsible for and whose period has begun, the most urgent first."""
    return (
        Occurrence.objects.owned_by(person)
        .select_related(*BESIDE)
        .filter(Exact(Sifted("state"), Value(OccurrenceState.PLANNED)), period_start__lte=day or timezone.localdate())
        .order_by("due_date", "pk")
    )


def untouched(control: Control, *, day: date) -> list[Occurrence]:
    """Occurrences still to come that nobody has done or said anything about: those a new calendar may replace."""
    return never_spoken_of(control.occurrences.filter(state=OccurrenceState.PLANNED, due_date__gte=day, steps=None))


@dataclass(frozen=True)
class Row:
    """One occurrence in the table of its control."""

    occurrence: Occurrence
    color: str
    is_waiting: bool
    outcome: Outcome | None


@dataclass(frozen=True)
class Followed:
    """An action that a finding led to and that has been carried out, between the results around it.

    `is_enough` says that there are results enough on both sides to speak of a change at all.
    """

    action: Action
    before: Row | None
    after: Row | None
    is_enough: bool


@dataclass(frozen=True)
class ControlPage:
    """What the page of one control shows to one person."""

    control: Control
    color: str
    rows: list[Row]
    development: list[str]
    followed: list[Followed]
    may_change: bool
    obstacle_to_changing: str | None
    obstacle_to_stopping: str | None


def control_page(person: Person, control: Control) -> ControlPage:
    occurrences = list(kept_about(control.pk, person, occurrences_of))
    for occurrence in occurrences:
        occurrence.control = control
    rows = [row_of(occurrence) for occurrence in occurrences]
    return ControlPage(
        control=control,
        color=PHASE_COLORS[control.phase],
        rows=rows,
        development=development([row.occurrence for row in rows if row.outcome]),
        followed=followed_by(rows),
        may_change=rules.may_change(person, control),
        obstacle_to_changing=rules.obstacle_to_changing(control),
        obstacle_to_stopping=rules.obstacle_to_stopping(control),
    )


def occurrences_of(person: Person, control: int) -> QuerySet[Occurrence]:
    """In the order of time, each with the actions that it led to."""
    actions = Prefetch("actions", Action.objects.within_secrecy(person))
    return Occurrence.objects.filter(control=control).order_by("period_start").prefetch_related(actions)


def row_of(occurrence: Occurrence) -> Row:
    outcome = outcome_of(occurrence) if occurrence.state == OccurrenceState.DONE else None
    return Row(occurrence, COLORS[occurrence.state], occurrence.state == OccurrenceState.PLANNED, outcome)


def followed_by(rows: list[Row]) -> list[Followed]:
    """The actions in the order they were done, each with the last result up to that day and the first one after."""
    results = sorted(
        ((row.occurrence.done_date, row) for row in rows if row.occurrence.done_date), key=operator.itemgetter(0)
    )
    acted = {action: day for row in rows for action in row.occurrence.actions.all() if (day := action.completed_date)}
    found = []
    for action, completed in sorted(acted.items(), key=lambda pair: (pair[1], pair[0].pk)):
        before = [row for day, row in results if day <= completed]
        after = [row for day, row in results if day > completed]
        found.append(
            Followed(
                action=action,
                before=before[-1] if before else None,
                after=after[0] if after else None,
                is_enough=min(len(before), len(after)) >= FEWEST_FOR_AN_EFFECT,
            )
        )
    return found


@dataclass(frozen=True)
class OccurrencePage:
    """What the page of one occurrence shows to one person."""

    occurrence: Occurrence
    color: str
    is_waiting: bool
    outcome: Outcome
    told: dict[str, str]
    moves: tuple[OpenMove, ...]
    actions: list[Action]
    may_plan_action: bool
    obstacle_to_action: str | None
    history: list[Happening]


def actions_from(person: Person, occurrence: int) -> QuerySet[Action]:
    """What the occurrence led to."""
    return Occurrence(pk=occurrence).actions.within_secrecy(person).select_related("unit", "owner_person")


def occurrence_page(person: Person, occurrence: Occurrence) -> OccurrencePage:
    may_record = rules.may_record(person, occurrence)
    moves = WORKFLOW.moves_from(occurrence.state) if may_record else ()
    return OccurrencePage(
        occurrence=occurrence,
        color=COLORS[occurrence.state],
        is_waiting=occurrence.state == OccurrenceState.PLANNED,
        outcome=outcome_of(occurrence),
        told=told(occurrence, exactly=may_record),
        moves=tuple(OpenMove(move, rules.obstacle_to_move(occurrence, move.name)) for move in moves),
        actions=list(kept_about(occurrence.pk, person, actions_from)),
        may_plan_action=rules.may_plan_action_from(person, occurrence),
        obstacle_to_action=rules.obstacle_to_planning_action(occurrence),
        history=history(WORKFLOW, beside(occurrence, "steps")),
    )
