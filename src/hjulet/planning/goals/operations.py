from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, locked, operation, require, require_no, save_changes
from hjulet.monitoring.models import Indicator
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.planning.goals import rules
from hjulet.planning.goals.models import Goal, GoalLevel


@operation
def set_goal(
    *,
    by: Person,
    unit: Unit,
    level: GoalLevel,
    title: str,
    first_year: int,
    last_year: int,
    parent: Goal | None = None,
    description: str = "",
    owner_person: Person | None = None,
    owner_role: str = "",
) -> Goal:
    """A new goal of the unit; `parent` is the goal it contributes to."""
    require(rules.may_set(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    require_place(None, unit=unit, parent=parent, level=level, first_year=first_year, last_year=last_year)
    goal = Goal(
        unit=unit,
        level=level,
        parent=parent,
        title=title,
        description=description,
        first_year=first_year,
        last_year=last_year,
        owner_person=owner_person,
        owner_role=owner_role,
    )
    goal.full_clean()
    goal.save()
    audit.record(
        "goal.set",
        by=by,
        target=goal,
        after={"title": title, "level": level, "parent": parent, "period": goal.period},
    )
    return goal


@operation
def change_goal(goal: Goal, *, by: Person, revision: int, **changes: Any) -> Goal:
    """Change what the goal says, its place in the chain, its years or its owner; `changes` are fields of `GoalForm`."""
    require(rules.may_change(by, goal))
    require_no(rules.obstacle_to_changing(goal))
    place = {name: changes.get(name, getattr(goal, name)) for name in ("parent", "level", "first_year", "last_year")}
    require_place(goal, unit=goal.unit, **place)
    before, after = save_changes(goal, revision=revision, changes=changes)
    if after:
        audit.record("goal.changed", by=by, target=goal, before=before, after=after)
    return goal


@operation
def change_goals(*, rows: list[Goal], by: Person, **changes: Any) -> int:
    """The same change of several, by the same rules as of one: all of them or none."""
    return for_each(rows, lambda goal: change_goal(goal, by=by, revision=goal.revision, **changes))


@operation
def relocate_goal(goal: Goal, *, by: Person, to: Unit, day: date) -> Goal:
    """Follows when its unit is reorganised. What it contributes to stays: the chain is not broken unseen."""
    relocate(goal, by=by, to=to)
    return goal


@operation
def withdraw_goal(goal: Goal, *, by: Person, reason: str) -> Goal:
    """The goal no longer holds. It stays readable, also from what pointed to it."""
    require(rules.may_change(by, goal))
    require_no(rules.obstacle_to_withdrawing(locked(goal)))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför målet upphävs.")})
    goal.withdrawn_at, goal.withdrawn_by, goal.withdrawn_reason = timezone.now(), by, reason.strip()
    goal.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    audit.record("goal.withdrawn", by=by, target=goal, after={"reason": goal.withdrawn_reason})
    return goal


@operation
def measure_goal(goal: Goal, *, by: Person, indicator: Indicator) -> Goal:
    """Let an indicator show whether the goal is reached."""
    require(rules.may_change(by, goal) and Indicator.objects.visible_to(by).filter(pk=indicator.pk).exists())
    require_no(rules.obstacle_to_measuring(goal, indicator))
    if not goal.indicators.filter(pk=indicator.pk).exists():
        goal.indicators.add(indicator)
        audit.record("goal.indicator_chosen", by=by, target=goal, after={"indicator": indicator})
    return goal


@operation
def stop_measuring_goal(goal: Goal, *, by: Person, indicator: Indicator, reason: str) -> Goal:
    """The indicator no longer says anything of this goal; it goes on by itself."""
    require(rules.may_change(by, goal))
    require_no(rules.obstacle_to_changing(goal))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv en orsak.")})
    goal.indicators.remove(indicator)
    audit.record(
        "goal.indicator_removed", by=by, target=goal, before={"indicator": indicator}, after={"reason": reason}
    )
    return goal


def require_place(
    goal: Goal | None, *, unit: Unit, parent: Goal | None, level: GoalLevel, first_year: int, last_year: int
) -> None:
    """Both neighbours in the chain must agree; a new goal has none below it yet."""
    place: dict[str, Any] = {"level": level, "first_year": first_year, "last_year": last_year}
    if parent and (sentence := rules.obstacle_to_parent(parent, unit=unit, **place)):
        raise ValidationError({"parent": sentence})
    if goal and (sentence := rules.obstacle_from_children(goal, **place)):
        raise ValidationError(sentence)
