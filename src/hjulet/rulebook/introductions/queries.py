from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact
from django.utils import timezone

from hjulet.base.expressions import Sifted
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.rulebook.introduction_templates.states import SignedBy
from hjulet.rulebook.introductions import rules
from hjulet.rulebook.introductions.models import Introduction, Point, SignOff
from hjulet.rulebook.introductions.remaining import (
    awaits_employee,
    awaits_supervisor,
    parts_left,
    unsigned,
    with_reading,
)
from hjulet.rulebook.introductions.states import COLORS, WORKFLOW, IntroductionState


@dataclass(frozen=True)
class Part:
    """One of the two signatures of a point, as one reader sees it."""

    key: str
    label: Any
    signed_date: date | None
    is_done: bool
    may_sign: bool
    may_undo: bool


@dataclass(frozen=True)
class PointRow:
    point: Point
    parts: list[Part]
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class IntroductionPage:
    introduction: Introduction
    color: str
    rows: list[PointRow]
    moves: tuple[OpenMove, ...]
    history: list[Happening]
    undone: list[SignOff]
    may_change: bool

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def total(self) -> int:
        return len(self.rows)


def introductions_visible_to(person: Person) -> QuerySet[Introduction]:
    """Where every page about introductions starts."""
    return Introduction.objects.visible_to(person).select_related("unit", "person", "supervisor")


def introductions_listed_for(person: Person) -> QuerySet[Introduction]:
    """With how many points there are, as `total`, and how many lack a signature, as `left`."""
    left = unsigned(timezone.localdate()).filter(introduction=OuterRef("pk")).order_by().values("introduction")
    return introductions_visible_to(person).annotate(
        total=Count("points"), left=Subquery(left.annotate(n=Count("*")).values("n"))
    )


def introductions_awaiting(person: Person, *, day: date | None = None) -> QuerySet[Introduction]:
    """Those under way where the person has something left to sign; the day of the first of it as `next_date`."""
    today = day or timezone.localdate()
    mine = Q(awaits_employee(today), introduction__person=person) | Q(
        awaits_supervisor(), introduction__supervisor=person
    )
    points = Point.objects.filter(mine, introduction=OuterRef("pk")).order_by("due_date")
    rows = Introduction.objects.select_related("unit").filter(
        Exact(Sifted("state"), Value(IntroductionState.ONGOING)), Q(person=person) | Q(supervisor=person)
    )
    waiting = rows.annotate(next_date=Subquery(points.values("due_date")[:1])).exclude(next_date=None)
    return waiting.order_by("next_date", "pk")


def has_late_points(day: date) -> Q:
    """The condition that something of an introduction should have been signed before the day."""
    late = unsigned(day).filter(introduction=OuterRef("pk"), due_date__lt=day)
    return Q(Exists(late.order_by()), state=IntroductionState.ONGOING)


def points_of(person: Person) -> QuerySet[Point]:
    visible = Introduction.objects.visible_to(person).order_by()
    points = with_reading(Point.objects.filter(introduction__in=visible))
    return points.select_related("introduction__unit", "introduction__person", "document")


def introduction_page(person: Person, introduction: Introduction) -> IntroductionPage:
    moves = [
        move for move in WORKFLOW.moves_from(introduction.state) if rules.may_move(person, introduction, move.name)
    ]
    points = with_reading(introduction.points.select_related("document"))
    steps = list(introduction.steps.all())
    undone = SignOff.objects.filter(point__introduction=introduction, is_undone=True).select_related("point")
    return IntroductionPage(
        introduction=introduction,
        color=COLORS[introduction.state],
        rows=[row_of(person, introduction, point) for point in points],
        moves=tuple(OpenMove(move, rules.obstacle_to_move(introduction, move.name)) for move in moves),
        history=history(WORKFLOW, steps),
        undone=list(undone),
        may_change=rules.leads(person, introduction) and rules.obstacle_to_changing(introduction) is None,
    )


def row_of(person: Person, introduction: Introduction, point: Point) -> PointRow:
    left = parts_left(point)
    works = rules.obstacle_to_working(introduction) is None
    wanted = [one for one in SignedBy if one != SignedBy.BOTH and point.signed_by in {one, SignedBy.BOTH}]
    parts = []
    for one in wanted:
        signed, may = getattr(point, f"{one.value}_signed_date"), rules.may_sign(person, introduction, one)
        is_done = one.value not in left
        parts.append(
            Part(one.value, one.label, signed, is_done, works and may and not is_done, works and may and bool(signed))
        )
    is_late = bool(left) and works and point.due_date < timezone.localdate()
    return PointRow(point, parts, not left, is_late)


def people_to_introduce(person: Person) -> QuerySet[Person]:
    """Those who have a role where the person leads the staff, or are to have one."""
    today = timezone.localdate()
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), unit__in=units_within_reach(person, Permission.STAFF_LEAD)
    )
    return Person.objects.filter(is_active=True, pk__in=held.order_by().values("person"))
