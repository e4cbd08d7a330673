from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from hjulet.base.tables import Tag
from hjulet.monitoring.indicators.pages import standing_now
from hjulet.monitoring.indicators.queries import indicators_standing_for
from hjulet.monitoring.models import Indicator
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.planning.goals import rules
from hjulet.planning.goals.models import Goal


@dataclass(frozen=True)
class Branch:
    """A goal and what contributes to it."""

    goal: Goal
    children: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Chain:
    """Goals drawn as trees, and how many they are in all."""

    branches: list[Branch]
    count: int


@dataclass(frozen=True)
class Measure:
    """An indicator of the goal, and how it stands now."""

    indicator: Indicator
    standing: Tag


@dataclass(frozen=True)
class GoalPage:
    """What the page of one goal shows to one person: `above` from the top to the nearest, `below` from the nearest."""

    goal: Goal
    above: list[Goal]
    below: list[Branch]
    measures: list[Measure]
    may_change: bool
    may_break_down: bool
    may_withdraw: bool
    obstacle_to_withdrawing: str | None


def goals_visible_to(person: Person) -> QuerySet[Goal]:
    """Where every page about goals starts."""
    return Goal.objects.visible_to(person).select_related("unit", "level", "owner_person")


def listed_goals(person: Person) -> QuerySet[Goal]:
    """For the table, with the goal above."""
    return goals_visible_to(person).select_related("parent")


def goals_to_choose(person: Person, unit: Unit, year: int) -> QuerySet[Goal]:
    """What a risk or another goal of the unit may serve that year: goals of the unit and of the units above it."""
    return goals_visible_to(person).of_or_above(unit).in_force().during(year).order_by("level__order", "pk")


def chain_above(goal: Goal) -> list[Goal]:
    """What the goal contributes to, from the top down to the nearest. One statement, however long the chain."""
    chain = Goal.objects.leading_up_from(goal).exclude(pk=goal.pk)
    return list(chain.select_related("unit", "level", "owner_person").order_by("level__order"))


def chain_of(goals: QuerySet[Goal]) -> Chain:
    """The goals from the top down, read in one statement however deep they go."""
    ordered = list(goals.order_by("level__order", "unit__path", "pk"))
    return Chain(tree_of(ordered), len(ordered))


def tree_of(goals: Iterable[Goal]) -> list[Branch]:
    """The goals as trees, in the order given; a goal whose parent is not among them stands on its own."""
    branches: dict[int | None, Branch] = {goal.pk: Branch(goal) for goal in goals}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.goal.parent_id)
        (above.children if above else roots).append(branch)
    return roots


def goal_page(person: Person, goal: Goal) -> GoalPage:
    visible = goals_visible_to(person)
    may_change = rules.may_change(person, goal)
    below = visible.leading_down_from(goal).in_force().exclude(pk=goal.pk)
    return GoalPage(
        goal=goal,
        above=list(visible.leading_up_from(goal).exclude(pk=goal.pk).order_by("level__order")),
        below=chain_of(below).branches,
        measures=measures_of(person, goal),
        may_change=may_change and not rules.obstacle_to_changing(goal),
        may_break_down=goal.is_in_force and holds_anywhere(person, Permission.GOALS_EDIT),
        may_withdraw=may_change and goal.is_in_force,
        obstacle_to_withdrawing=rules.obstacle_to_withdrawing(goal) if may_change else None,
    )


def measures_of(person: Person, goal: Goal) -> list[Measure]:
    """The goal's indicators that the person may see, those in use first."""
    rows = indicators_standing_for(person).filter(goals=goal)
    ordered = rows.order_by(F("withdrawn_date").desc(nulls_first=True), "name", "pk")
    return [Measure(indicator, standing_now(indicator)) for indicator in ordered]


def goals_beside(person: Person, indicator: Indicator) -> QuerySet[Goal]:
    """The goals that the indicator measures, from the top down."""
    return goals_visible_to(person).filter(indicators=indicator).order_by("level__order", "unit__path", "pk")
