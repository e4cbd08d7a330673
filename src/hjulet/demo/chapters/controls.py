"""How the work was looked at through the years, and what that showed."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from hjulet.actions.models import ActionType
from hjulet.demo.days import weekday
from hjulet.demo.world import Event, World
from hjulet.monitoring.models import Control, Frequency, Occurrence
from hjulet.monitoring.self_monitoring import operations as controls
from hjulet.monitoring.self_monitoring.models import ResultKind
from hjulet.monitoring.self_monitoring.periods import Period, periods
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person
from hjulet.planning.risks.operations import check_with_control, plan_control_for
from hjulet.rulebook.models import QualityArea

ENTERED_BEFORE_THE_END = timedelta(days=4)
LATELY = timedelta(days=45)


def events(world: World) -> Iterator[Event]:
    for told in world.data("controls"):
        yield world.event(told["planned"], partial(plan, world, told))
        if stopped := told.get("stopped"):
            yield world.event(stopped["day"], partial(stop, world, told))
        yield from results(world, told)


def results(world: World, told: dict[str, Any]) -> Iterator[Event]:
    """One for each period, in order, some days before it ends or on the day that is told."""
    frequency = world.library(Frequency, told["frequency"])
    parts = periods(frequency.months, world.calendar.date(told["starts"]), world.calendar.date(told["ends"]))
    for place, result in enumerate(told["results"]):
        if "day" in result:
            yield world.event(result["day"], partial(enter, world, told, result))
        elif not (told.get("late") and is_lately(world, parts[place])):
            day = parts[place].end - ENTERED_BEFORE_THE_END
            yield Event(weekday(day), partial(enter, world, told, result))
        if corrected := result.get("corrected"):
            yield world.event(corrected["day"], partial(correct, world, told, corrected))
        if action := result.get("action"):
            yield world.event(action["planned"], partial(answer, world, told, action))


def is_lately(world: World, period: Period) -> bool:
    return world.calendar.today - LATELY <= period.end <= world.calendar.today


def plan(world: World, told: dict[str, Any]) -> None:
    """For the first of the risks it checks; the others are checked by it too."""
    risks = [world.get("risk", f"{key}-{told['planned'].split('-')[0]}") for key in told["checks"]]
    unit = world.unit(told["unit"])
    by = world.person(told["planner"]) if "planner" in told else world.developer_of(unit)
    plan_it = partial(plan_control_for, risks[0]) if risks else controls.plan_control
    control = plan_it(by=by, unit=unit, **wording(world, told))
    for risk in risks[1:]:
        check_with_control(risk, by=by, control=control)
    world.put("control", told["key"], control)


def wording(world: World, told: dict[str, Any]) -> dict[str, Any]:
    comparator, target = told.get("target", ("", None))
    return {
        **{name: told[name] for name in ("title", "requirement", "purpose", "method")},
        "quality_area": world.library(QualityArea, told["area"]),
        "frequency": world.library(Frequency, told["frequency"]),
        "starts_date": world.calendar.date(told["starts"]),
        "ends_date": world.calendar.date(told["ends"]),
        "result_kind": ResultKind(told["kind"]),
        "comparator": comparator,
        "target": None if target is None else Decimal(target),
        "measure": told.get("measure", ""),
        **world.owner(told["owner"]),
    }


def enter(world: World, told: dict[str, Any], result: dict[str, Any]) -> None:
    """The result of the first occurrence that still waits for one."""
    occurrence = next_occurrence(world.get("control", told["key"]))
    by = doer(world, told)
    if reason := result.get("aside"):
        controls.set_aside(occurrence, by=by, reason=reason)
    else:
        controls.record_result(
            occurrence,
            by=by,
            revision=occurrence.revision,
            done_date=world.today(),
            evidence=result.get("evidence", ""),
            **shown(told, result["result"]),
        )


def next_occurrence(control: Control) -> Occurrence:
    return control.occurrences.filter(state=OccurrenceState.PLANNED).earliest("period_start")


def shown(told: dict[str, Any], result: list[Any]) -> dict[str, Any]:
    """The figures or words of a result as its kind has them; what the control found comes last."""
    match told["kind"]:
        case "share":
            checked, fulfilled, finding = result
            figures = {
                "checked_count": checked,
                "fulfilled_count": fulfilled,
                "is_census": told.get("census", False),
            }
        case "value":
            value, finding = result
            figures = {"value": Decimal(str(value))}
        case "judgement":
            judgement, finding = result
            figures = {"judgement": judgement}
    return figures | {"finding": finding}


def doer(world: World, told: dict[str, Any]) -> Person:
    """Whoever led the unit on the day: the one before, until the day given, then the one who came after."""
    for until, before in told.get("by_until", {}).items():
        if world.today() <= world.calendar.date(until):
            return world.person(before)
    return world.person(told["by"])


def latest_done(control: Control) -> Occurrence:
    return control.occurrences.filter(state=OccurrenceState.DONE).latest("period_start")


def correct(world: World, told: dict[str, Any], corrected: dict[str, Any]) -> None:
    """The latest result was wrong; `corrected` holds the reason and the fields as they should be."""
    occurrence = latest_done(world.get("control", told["key"]))
    rest = {name: value for name, value in corrected.items() if name != "day"}
    controls.correct_result(occurrence, by=doer(world, told), revision=occurrence.revision, **rest)


def answer(world: World, told: dict[str, Any], action: dict[str, Any]) -> None:
    """What the latest result led to."""
    controls.plan_action_from(
        latest_done(world.get("control", told["key"])),
        by=doer(world, told),
        title=action["title"],
        description=action["description"],
        type=world.library(ActionType, action["type"]),
        due_date=world.calendar.date(action["due"]),
        **world.owner(action["owner"]),
    )


def stop(world: World, told: dict[str, Any]) -> None:
    stopped = told["stopped"]
    controls.stop_control(
        world.get("control", told["key"]),
        by=doer(world, told),
        reason=stopped["reason"],
        ends_date=world.calendar.date(stopped["ends"]),
    )
