"""What was done about the risks, and whether it helped."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.actions import operations as actions
from hjulet.actions.models import Action, ActionType
from hjulet.demo.world import Event, World
from hjulet.planning.risks.operations import answer_with_action, plan_action_for


def events(world: World) -> Iterator[Event]:
    for told in world.data("actions"):
        yield world.event(told["planned"], partial(plan, world, told))
        for step in told["steps"]:
            yield world.event(step["day"], partial(take, world, told, step))


def plan(world: World, told: dict[str, Any]) -> None:
    """For the first of the risks it answers; the others are answered by it too."""
    risks = [world.get("risk", f"{key}-{told['planned'].split('-')[0]}") for key in told["answers"]]
    unit = world.unit(told["unit"])
    by = world.person(told["planner"]) if "planner" in told else world.developer_of(unit)
    plan_it = partial(plan_action_for, risks[0]) if risks else actions.plan_action
    action = plan_it(by=by, unit=unit, **wording(world, told))
    for risk in risks[1:]:
        answer_with_action(risk, by=by, action=action)
    world.put("action", told["key"], action)


def wording(world: World, told: dict[str, Any]) -> dict[str, Any]:
    """A last day counted from today is never before the day of planning."""
    due = max(world.calendar.date(told["due"]), world.calendar.date(told["planned"]))
    effect_due = told.get("effect_due")
    return {
        "title": told["title"],
        "description": told["description"],
        "type": world.library(ActionType, told["type"]),
        "due_date": due,
        "effect_due_date": world.calendar.date(effect_due) if effect_due else None,
        **world.owner(told["owner"]),
    }


def take(world: World, told: dict[str, Any], step: dict[str, Any]) -> None:
    action: Action = world.get("action", told["key"])
    by = world.person(told["by"])
    match step["do"]:
        case "start":
            actions.start_action(action, by=by)
        case "note":
            actions.note_progress(action, by=by, text=step["text"])
        case "hinder":
            actions.hinder_action(action, by=by, reason=step["reason"])
        case "resume":
            actions.resume_action(action, by=by)
        case "postpone":
            due_date = world.calendar.date(step["due"])
            actions.change_action(action, by=by, revision=action.revision, due_date=due_date)
        case "complete":
            actions.complete_action(action, by=by, result=step["text"], completed_date=world.today())
        case "effect":
            actions.check_effect(
                action, by=by, effect=step["effect"], evidence=step["text"], checked_date=world.today()
            )
        case "close":
            actions.close_action(action, by=by)
        case "cancel":
            actions.cancel_action(action, by=by, reason=step["reason"])
