from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.lookups import Exact

from hjulet.actions.models import Action
from hjulet.base.expressions import Sifted
from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person
from hjulet.planning.leads.queries import LedTo, led_to
from hjulet.planning.participation import rules
from hjulet.planning.participation.models import Attendance, Meeting, Outcome, OutcomeKind
from hjulet.planning.participation.states import WORKFLOW, OutcomeState
from hjulet.planning.risks.queries import risks_visible_to

BESIDE = ("meeting__unit", "meeting__owner_person", "meeting__kind", "answered_by")


@dataclass(frozen=True)
class MeetingPage:
    """What the page of one meeting shows to one person."""

    meeting: Meeting
    attendance: list[Attendance]
    total: int | None
    outcomes: list[Outcome]
    may_change: bool


@dataclass(frozen=True)
class OutcomePage:
    outcome: Outcome
    color: str
    led_to: LedTo
    moves: tuple[OpenMove, ...]
    may_change: bool
    obstacle_to_changing: str | None
    history: list[Happening]


def meetings_visible_to(person: Person) -> QuerySet[Meeting]:
    """Where every page about meetings starts."""
    return Meeting.objects.visible_to(person).select_related("unit", "owner_person", "kind")


def listed_meetings(person: Person) -> QuerySet[Meeting]:
    """With how many took part, what came out, and how much of it nobody has answered."""
    waiting = Q(outcomes__in=Outcome.objects.unanswered().order_by().values("pk"))
    return meetings_visible_to(person).annotate(
        said=Count("outcomes", distinct=True),
        unanswered=Count("outcomes", filter=waiting, distinct=True),
        took_part=taking_part(),
    )


def taking_part() -> Subquery:
    """How many took part in the outer meeting; None when nobody counted."""
    counted = Attendance.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    return Subquery(counted.annotate(total=Sum("number")).values("total"))


def outcomes_visible_to(person: Person) -> QuerySet[Outcome]:
    """Where every page about what came out of meetings starts."""
    return Outcome.objects.visible_to(person).select_related(*BESIDE)


def listed_outcomes(person: Person) -> QuerySet[Outcome]:
    """With the actions and the risks that the person may see."""
    return outcomes_visible_to(person).prefetch_related(*leads(person))


def leads(person: Person) -> tuple[Prefetch, Prefetch]:
    return (
        Prefetch("actions", Action.objects.visible_to(person), to_attr="seen_actions"),
        Prefetch("risks", risks_visible_to(person), to_attr="seen_risks"),
    )


def outcomes_awaiting(person: Person) -> QuerySet[Outcome]:
    """What came out of the person's meetings and has no answer: found from the meetings, not from all that waits."""
    waiting = Exact(Sifted("state"), Value(OutcomeState.NEW))
    rows = Outcome.objects.owned_by(person).filter(waiting).exclude(kind=OutcomeKind.WORKS)
    return rows.select_related(*BESIDE).order_by("answer_by_date", "pk")


def meeting_page(person: Person, meeting: Meeting) -> MeetingPage:
    attendance = [row for row in meeting.attendance.all() if row.number is not None]
    outcomes = list(meeting.outcomes.order_by("pk").prefetch_related(*leads(person)))
    return MeetingPage(
        meeting=meeting,
        attendance=attendance,
        total=sum(row.number for row in attendance) if attendance else None,
        outcomes=outcomes,
        may_change=rules.may_change(person, meeting),
    )


def outcome_page(person: Person, outcome: Outcome) -> OutcomePage:
    may_work = rules.may_work_on(person, outcome)
    moves = [move for move in WORKFLOW.moves_from(outcome.state) if move.name != "link"] if may_work else []
    return OutcomePage(
        outcome=outcome,
        color=outcome.color,
        led_to=led_to(person, outcome, may_lead=may_work, obstacle=rules.obstacle_to_leading(outcome)),
        moves=tuple(OpenMove(move, rules.obstacle_to_move(outcome, move.name)) for move in moves),
        may_change=may_work,
        obstacle_to_changing=rules.obstacle_to_changing(outcome),
        history=history(WORKFLOW, beside(outcome, "steps")),
    )
