from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions.queries import actions_awaiting
from hjulet.actions.states import ActionState
from hjulet.monitoring.log_review.queries import reviews_awaiting
from hjulet.monitoring.recurring_duties.queries import duties_awaiting
from hjulet.monitoring.self_monitoring.queries import occurrences_awaiting
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere, units_within_reach
from hjulet.planning.models import QualityPlan
from hjulet.planning.quality_plan.queries import plans_visible_to
from hjulet.planning.quality_plan.states import PlanState
from hjulet.reporting.follow_up.models import FollowUp
from hjulet.reporting.follow_up.queries import follow_ups_visible_to
from hjulet.reporting.follow_up.states import FollowUpState

MOST_OF_A_KIND = 100


@dataclass(frozen=True)
class Task:
    """Something that waits for this person, or for whom the person stands in for. Without a day it waits at the end."""

    day: date | None
    kind: str
    title: str
    url: str
    unit: str
    in_place_of: str = ""


@dataclass(frozen=True)
class Group:
    """The tasks of a stretch of time."""

    heading: str
    tasks: list[Task]
    is_late: bool


def tasks_of(person: Person, most: int = MOST_OF_A_KIND) -> list[Task]:
    """What awaits the person, by day: of each kind at most so many, the most urgent ones.

    Whoever may not do a kind of work is not asked about it, made responsible or not.
    """
    kinds = (action_tasks, control_tasks, duty_tasks, decision_tasks, review_tasks)
    found = [task for kind in kinds for task in kind(person, most)]
    return sorted(found, key=lambda task: (task.day is None, task.day or date.max, task.title))


def grouped(tasks: list[Task], day: date | None = None) -> list[Group]:
    """Late, within a week, later, without a day; only the groups that hold something."""
    today = day or timezone.localdate()

    def stretch(task: Task) -> int:
        if task.day is None:
            return 3
        return 0 if task.day < today else 1 if task.day <= today + timedelta(days=7) else 2

    headings = (_("Försenat"), _("Den närmaste veckan"), _("Senare"), _("Utan datum"))
    return [
        Group(headings[place], list(members), is_late=place == 0)
        for place, members in groupby(sorted(tasks, key=stretch), key=stretch)
    ]


def name_of(holder: Person | None) -> str:
    return holder.name if holder else ""


def action_tasks(person: Person, most: int) -> Iterator[Task]:
    if not holds_anywhere(person, Permission.ACTIONS_PERFORM):
        return
    for action in actions_awaiting(person)[:most]:
        is_done = action.state == ActionState.DONE
        yield Task(
            day=action.effect_due_date or action.completed_date if is_done else action.due_date,
            kind=_("Bedöm effekten") if is_done else _("Genomför åtgärden"),
            title=str(action),
            url=action.get_absolute_url(),
            unit=action.unit.name,
            in_place_of=name_of(action.deputised_from(person)),
        )


def control_tasks(person: Person, most: int) -> Iterator[Task]:
    if not holds_anywhere(person, Permission.CONTROLS_PERFORM):
        return
    for occurrence in occurrences_awaiting(person)[:most]:
        yield Task(
            day=occurrence.due_date,
            kind=_("Gör egenkontrollen"),
            title=occurrence.control.title,
            url=occurrence.get_absolute_url(),
            unit=occurrence.control.unit.name,
            in_place_of=name_of(occurrence.deputised_from(person)),
        )


def duty_tasks(person: Person, most: int) -> Iterator[Task]:
    if not holds_anywhere(person, Permission.CONTROLS_PERFORM):
        return
    for occurrence in duties_awaiting(person)[:most]:
        yield Task(
            day=occurrence.due_date,
            kind=_("Gör årsuppgiften"),
            title=occurrence.duty.title,
            url=occurrence.get_absolute_url(),
            unit=occurrence.duty.unit.name,
            in_place_of=name_of(occurrence.deputised_from(person)),
        )


def review_tasks(person: Person, most: int) -> Iterator[Task]:
    if not holds_anywhere(person, Permission.READ_LOG_REVIEW):
        return
    for review in reviews_awaiting(person)[:most]:
        yield Task(
            day=review.due_date,
            kind=_("Granska läsloggen"),
            title=str(review),
            url=review.get_absolute_url(),
            unit=review.unit.name,
        )


def decision_tasks(person: Person, most: int) -> Iterator[Task]:
    """What lies before the nämnd, plans and follow-ups in one statement, for whoever enters its decisions."""
    if not holds_anywhere(person, Permission.DECISIONS_RECORD):
        return
    reach = units_within_reach(person, Permission.DECISIONS_RECORD)
    plans = plans_visible_to(person).filter(unit__in=reach, state=PlanState.PROPOSED).order_by()
    follow_ups = follow_ups_visible_to(person).filter(unit__in=reach, state=FollowUpState.PROPOSED).order_by()
    both = plans.values_list("pk", "year", "unit__name", Value("")).union(
        follow_ups.values_list("pk", "plan__year", "unit__name", "period"), all=True
    )
    for pk, year, unit, period in both[:most]:
        row: Any = QualityPlan(pk=pk, year=year, unit=Unit(name=unit))
        kind = _("Registrera nämndens beslut om planen")
        if period:
            row, kind = FollowUp(pk=pk, period=period, plan=row, unit=row.unit), _("Registrera redovisningen i nämnden")
        yield Task(day=None, kind=kind, title=str(row), url=row.get_absolute_url(), unit=unit)
