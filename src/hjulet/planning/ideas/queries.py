from dataclasses import dataclass

from django.db.models import Case, F, Q, QuerySet, Value, When

from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, within_reach
from hjulet.planning.ideas import rules
from hjulet.planning.ideas.models import Idea
from hjulet.planning.ideas.states import COLORS, WORKFLOW
from hjulet.planning.leads.queries import LedTo, led_to

# Those whose task it is to answer where they lead; others may.
MANAGERS = ("unit_manager", "group_manager")


@dataclass(frozen=True)
class IdeaPage:
    """What the page of one idea shows to one person; without a `proposer` for whoever only reads."""

    idea: Idea
    color: str
    proposer: Person | None
    is_own: bool
    may_change: bool
    obstacle_to_changing: str | None
    led_to: LedTo
    obstacle_to_planning_more: str | None
    moves: tuple[OpenMove, ...]
    history: list[Happening]


def ideas_visible_to(person: Person) -> QuerySet[Idea]:
    """Where every page about ideas starts."""
    return Idea.objects.visible_to(person).select_related("unit", "proposed_by", "answered_by")


def listed_ideas(person: Person) -> QuerySet[Idea]:
    """Each with the name of who proposed it as `shown_name`, where the person may know."""
    may_know = Q(within_reach(person, Permission.IDEAS_ANSWER)) | Q(proposed_by=person)
    name = Case(When(may_know, then=F("proposed_by__name")), default=Value(""))
    return Idea.objects.visible_to(person).select_related("unit").annotate(shown_name=name)


def ideas_awaiting(person: Person) -> QuerySet[Idea]:
    """What nobody has answered where the person leads the work, or stands in for whoever does."""
    led = Q(pk__in=())
    for held in assignments_of(person):
        if held.role in MANAGERS:
            led |= Q(unit__in=Unit.objects.below(held.unit).order_by().values("pk"))
    return Idea.objects.visible_to(person).filter(led).unanswered().order_by("answer_by_date", "pk")


def units_to_propose_in(person: Person) -> list[Unit]:
    """Where the person works: the units of the roles themselves, not all that lies below them."""
    held = [held.unit for held in assignments_of(person) if held.definition.grants(Permission.IDEAS_PROPOSE)]
    units = {unit.pk: unit for unit in held if unit.valid_to is None}
    return sorted(units.values(), key=lambda unit: unit.path)


def idea_page(person: Person, idea: Idea) -> IdeaPage:
    may_answer = rules.may_answer(person, idea)
    return IdeaPage(
        idea=idea,
        color=COLORS[idea.state],
        proposer=idea.proposed_by if rules.may_see_proposer(person, idea) else None,
        is_own=idea.proposed_by_id == person.pk,
        may_change=rules.may_change(person, idea),
        obstacle_to_changing=rules.obstacle_to_changing(idea),
        led_to=led_to(person, idea, may_lead=may_answer, obstacle=rules.obstacle_to_leading(idea)),
        obstacle_to_planning_more=rules.obstacle_to_planning_more(idea),
        moves=tuple(
            OpenMove(move, rules.obstacle_to_move(idea, move.name))
            for move in (WORKFLOW.moves_from(idea.state) if may_answer else ())
        ),
        history=history(WORKFLOW, beside(idea, "steps")),
    )
