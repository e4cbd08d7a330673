from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.people.models import Person
from hjulet.organisation.reorganisations import rules
from hjulet.organisation.reorganisations.following import Following, following_of
from hjulet.organisation.reorganisations.models import Kind, Reorganisation, Succession
from hjulet.organisation.reorganisations.planning import Course, Plan, plan_of
from hjulet.organisation.reorganisations.states import COLORS, STRAIGHT, WORKFLOW, ReorganisationState
from hjulet.organisation.units.models import Unit

MOST_EXAMPLES = 3
MOST_TO_SORT = 200
AHEAD = (ReorganisationState.DRAFT, ReorganisationState.PLANNED)
# Each kind with what it does, in the words of the first step.
KINDS_IN_WORDS = (
    (
        Kind.RENAME,
        gettext_lazy(
            "Enheten får ett nytt namn eller en ny beteckning från en dag. Det gamla namnet står kvar på det som är avslutat."
        ),
    ),
    (Kind.MOVE, gettext_lazy("Enheten och allt under den läggs under en annan enhet, förvaltning eller nämnd.")),
    (Kind.MERGE, gettext_lazy("Två till fyra enheter blir en: en ny, eller en av dem som tar emot de andra.")),
    (Kind.SPLIT, gettext_lazy("En enhet blir två eller tre. Du väljer vart var öppen sak och var person går.")),
    (Kind.CLOSE, gettext_lazy("Enheten upphör. Du väljer vem som tar emot det som är öppet.")),
)
# The moves that what stands in the way of carrying it out also stops.
STOPPED = ("plan", "carry_out")


def reorganisations_visible_to(person: Person) -> QuerySet[Reorganisation]:
    """Where every page about reorganisations starts."""
    return Reorganisation.objects.visible_to(person).select_related(
        "unit__committee", "parent__committee", "decision__committee", "created_by"
    )


def due_reorganisations(day: date) -> QuerySet[Reorganisation]:
    """Planned for the day or for one that has passed, the earliest first."""
    due = Reorganisation.objects.filter(state=ReorganisationState.PLANNED, effective_date__lte=day)
    return due.select_related("unit").order_by("effective_date", "pk")


def coming_for(person: Person, unit: Unit) -> QuerySet[Reorganisation]:
    """What is planned for the unit, as far as the person may see."""
    planned = reorganisations_visible_to(person).filter(state=ReorganisationState.PLANNED)
    return planned.touching(unit).order_by("effective_date", "pk")


@dataclass(frozen=True)
class Example:
    words: str
    url: str


@dataclass(frozen=True)
class Group:
    """The rows of one kind that go the same way: how many, and the first that the viewer may see."""

    key: str
    name: str
    to: str
    count: int
    examples: list[Example] = field(default_factory=list)

    @property
    def unshown(self) -> int:
        return self.count - len(self.examples)


def groups_of(courses: Iterable[Course]) -> list[Group]:
    together: dict[tuple[str, str], list[Course]] = {}
    for course in courses:
        together.setdefault((course.following.key, course.to.name if course.to else ""), []).append(course)
    return [
        Group(
            key,
            str(found[0].following.name),
            to,
            len(found),
            [Example(course.words, course.following.address(course.row_id)) for course in found if course.is_seen][
                :MOST_EXAMPLES
            ],
        )
        for (key, to), found in together.items()
    ]


def groups_in(outcome: list[dict]) -> list[Group]:
    """What followed on the day, as it was kept."""
    return [
        Group(said["key"], str(following.name), said["to"], len(said["rows"]))
        for said in outcome
        if (following := following_of(said["key"]))
    ]


@dataclass(frozen=True)
class Kept:
    """How many finished rows of one kind stay where they are."""

    name: str
    count: int


def kept_of(plan: Plan) -> list[Kept]:
    counted = ((following_of(key), count) for key, count in plan.kept.items())
    return [Kept(str(following.kept_name), count) for following, count in counted if following and count]


@dataclass(frozen=True)
class ReorganisationPage:
    """What the page of one reorganisation shows to one person: before its day what would follow, after it what did."""

    reorganisation: Reorganisation
    color: str
    states: list[tuple[str, str]]
    plan: Plan
    groups: list[Group]
    kept: list[Kept]
    sortable: list[Group]
    obstacle: str | None
    may_plan: bool
    moves: tuple[OpenMove, ...]
    history: list[Happening]


def reorganisation_page(person: Person, reorganisation: Reorganisation) -> ReorganisationPage:
    plan = plan_of(reorganisation, person)
    is_ahead = reorganisation.state in AHEAD
    groups = groups_of(plan.courses) if is_ahead else groups_in(reorganisation.outcome or [])
    obstacle = rules.obstacle_now(plan) if is_ahead else None
    may_plan = rules.may_plan(person, plan)
    moves = [move for move in WORKFLOW.moves_from(reorganisation.state) if rules.is_shown(plan, move.name)]
    return ReorganisationPage(
        reorganisation=reorganisation,
        color=COLORS[reorganisation.state],
        states=[(state, state.label) for state in STRAIGHT],
        plan=plan,
        groups=groups,
        kept=kept_of(plan) if is_ahead else [],
        sortable=[group for group in first_of_each_kind(groups) if may_sort_group(person, plan, group)],
        obstacle=obstacle,
        may_plan=may_plan,
        moves=tuple(OpenMove(move, obstacle if move.name in STOPPED else None) for move in moves) if may_plan else (),
        history=history(WORKFLOW, beside(reorganisation, "steps")),
    )


def first_of_each_kind(groups: Iterable[Group]) -> list[Group]:
    return list({group.key: group for group in groups}.values())


def may_sort_group(person: Person, plan: Plan, group: Group) -> bool:
    following = following_of(group.key)
    return following is not None and not rules.obstacle_to_sorting(plan) and rules.may_sort(person, plan, following)


def rows_to_sort(plan: Plan, following: Following) -> list[Course]:
    """The open rows of one kind, those that the viewer may read first, at most so many as a form can hold."""
    rows = [course for course in plan.courses if course.following.key == following.key]
    return sorted(rows, key=lambda course: not course.is_seen)[:MOST_TO_SORT]


def successions_of(unit: Unit) -> list[Succession]:
    """What the unit came from and what came of it, in one statement."""
    touching = Succession.objects.filter(Q(earlier=unit) | Q(later=unit))
    return list(touching.select_related("earlier", "later").order_by("day", "pk"))
