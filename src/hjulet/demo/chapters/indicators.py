"""What is measured, against which targets, for which goals, and what it showed in two years."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from hjulet.demo.days import DAY, weekday
from hjulet.demo.world import Event, World
from hjulet.monitoring.indicators import operations as indicators
from hjulet.monitoring.indicators.measurements import operations as measurements
from hjulet.monitoring.indicators.models import SHARED
from hjulet.monitoring.models import Frequency, Indicator, IndicatorTemplate, Measurement
from hjulet.monitoring.self_monitoring.periods import Period, periods
from hjulet.planning.goals.operations import measure_goal
from hjulet.rulebook.models import QualityArea

AFTER_THE_PERIOD = timedelta(days=12)
LATELY = timedelta(days=100)
NEW_YEAR, PROCESSES_ARE_THERE = "this-01-14", "last-11-10"


def events(world: World) -> Iterator[Event]:
    for told in world.data("indicators"):
        yield world.event(told["defined"], partial(define, world, told))
        yield world.event(NEW_YEAR, partial(tie, world, told, "this_year"))
        yield world.event(PROCESSES_ARE_THERE, partial(measure_processes, world, told))
        for target in told["targets"][1:]:
            yield world.event(target["set"], partial(aim, world, told, target))
        for place, results in told["measured"].items():
            yield from measured(world, told, place, results)


def measured(world: World, told: dict[str, Any], place: str, results: list[Any]) -> Iterator[Event]:
    """One for each period since the first, in order, some days after its end or on the day of its year that is told.

    What was over when the indicator was defined is entered the day after that.
    """
    parts = periods_of(world, told)
    for part, result in zip(parts, results, strict=False):
        if told.get("late") and world.calendar.today - LATELY <= part.end <= world.calendar.today:
            continue
        day = world.calendar.date(f"before-{told['on']}").replace(year=part.end.year) if "on" in told else None
        day = max(day or part.end + AFTER_THE_PERIOD, world.calendar.working_day(told["defined"]) + DAY)
        yield Event(weekday(day), partial(enter, world, told, place, part, result))


def periods_of(world: World, told: dict[str, Any]) -> list[Period]:
    if "template" in told:
        months = world.library(IndicatorTemplate, told["template"]).frequency.months
    else:
        months = world.library(Frequency, told["frequency"]).months
    return periods(months, world.calendar.date(told["first"]), world.calendar.date("this-12-31"))


def define(world: World, told: dict[str, Any]) -> None:
    """With the periods that were over by then, the target there was and the goals it measures."""
    by, unit = world.person(told["by"]), world.unit(told["unit"])
    indicator = indicators.define_indicator(
        by=by,
        unit=unit,
        first_valid_date=world.calendar.date(told["first"]),
        measured_in=[world.unit(place) for place in told["measured"]],
        **wording(world, told),
    )
    world.put("indicator", told["key"], indicator)
    for place in told["measured"]:
        for part in periods_of(world, told):
            if part.end < world.today():
                measurements.open_period(indicator, by=by, unit=world.unit(place), period=part)
    for target in told["targets"][:1]:
        aim(world, told, target)
    tie(world, told, "goals")


def wording(world: World, told: dict[str, Any]) -> dict[str, Any]:
    """The words of the template, or those of the story where it has its own."""
    if "template" in told:
        template = world.library(IndicatorTemplate, told["template"])
        said = {field: getattr(template, field) for field in SHARED} | {"name": template.name}
        return said | {"template": template, **world.owner(told.get("owner", template.owner_role))}
    return {
        **{name: told[name] for name in ("name", "definition", "kind", "direction")},
        **{name: told[name] for name in ("numerator", "denominator", "measure", "method", "source") if name in told},
        "frequency": world.library(Frequency, told["frequency"]),
        "quality_area": world.library(QualityArea, told["area"]),
        **world.owner(told["owner"]),
    }


def aim(world: World, told: dict[str, Any], target: dict[str, Any]) -> None:
    indicator = world.get("indicator", told["key"])
    indicators.set_target(
        indicator,
        by=world.person(told["by"]),
        value=Decimal(str(target["value"])),
        measure=indicator.measure,
        tolerance=Decimal(str(target["tolerance"])) if "tolerance" in target else None,
        valid_from=world.calendar.date(target["from"]),
        decision=target.get("decision", ""),
    )


def tie(world: World, told: dict[str, Any], which: str) -> None:
    for key in told.get(which, ()):
        goal = world.get("goal", key)
        measure_goal(goal, by=world.person(told["by"]), indicator=world.get("indicator", told["key"]))


def measure_processes(world: World, told: dict[str, Any]) -> None:
    for key in told.get("processes", ()):
        indicators.measure_process(
            world.get("process", key), by=world.person(told["by"]), indicator=world.get("indicator", told["key"])
        )


def enter(world: World, told: dict[str, Any], place: str, part: Period, result: Any) -> None:
    indicator = world.get("indicator", told["key"])
    row = Measurement.objects.get(indicator=indicator, unit=world.unit(place), period_start=part.start)
    by = world.person(told["by"])
    if isinstance(result, str):
        measurements.leave_out(row, by=by, reason=result)
        return
    figures = shown(indicator, result)
    measurements.record_measurement(row, by=by, revision=row.revision, measured_date=world.today(), **figures)


def shown(indicator: Indicator, result: list[Any]) -> dict[str, Any]:
    """Count and total of a share, the answers of a mean, or a value and what it rests on; a comment may come last."""
    comment = {"comment": result.pop()} if isinstance((result := list(result))[-1], str) else {}
    if indicator.kind == "share":
        return comment | dict(zip(("count", "total"), result, strict=True))
    if indicator.kind == "mean":
        return comment | {"answers": result}
    value, *total = result
    return comment | {"value": Decimal(str(value)), "total": total[0] if total else None}
