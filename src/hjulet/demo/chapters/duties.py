"""What came back in the years: done in time, done by nobody, or not applicable."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from hjulet.demo.days import weekday
from hjulet.demo.world import Event, World
from hjulet.monitoring.models import DutyOccurrence, DutyTemplate
from hjulet.monitoring.recurring_duties import operations as duties
from hjulet.monitoring.recurring_duties.calendar import due_dates, next_on
from hjulet.monitoring.recurring_duties.models import RecurringDuty
from hjulet.reporting.calendar_feed.operations import make_feed

BEFORE_THE_LAST_DAY = timedelta(days=6)
LATELY = timedelta(days=45)
SUBSCRIBED = "today-20"


def events(world: World) -> Iterator[Event]:
    for told in world.data("duties"):
        yield world.event(told["planned"], partial(plan, world, told))
        for key in told["done"]:
            yield from times(world, told, key)
    yield world.event(SUBSCRIBED, lambda: make_feed(by=world.person("malin"), only_mine=True))


def times(world: World, told: dict[str, Any], key: str) -> Iterator[Event]:
    """Every time until today, each some days before its last day."""
    today = world.calendar.today
    missed = {world.calendar.date(day) for which, day in told["missed"] if which == key}
    aside = {world.calendar.date(day): why for which, day, why in told["aside"] if which == key}
    template = world.library(DutyTemplate, key)
    first = next_on(template.month, template.day, world.calendar.working_day(told["planned"]))
    for due in due_dates(first, template.frequency.months, today + BEFORE_THE_LAST_DAY):
        is_late = key in told["late"] and due >= today - LATELY
        if due in aside:
            yield Event(weekday(due - BEFORE_THE_LAST_DAY), partial(set_aside, world, told, key, due, aside[due]))
        elif not is_late and due not in missed:
            yield Event(weekday(due - BEFORE_THE_LAST_DAY), partial(finish, world, told, key, due))


def plan(world: World, told: dict[str, Any]) -> None:
    unit = world.unit(told["unit"])
    templates = [world.library(DutyTemplate, key) for key in told["done"]]
    duties.plan_from_templates(by=world.person(told["planner"]), unit=unit, templates=templates)


def finish(world: World, told: dict[str, Any], key: str, due: date) -> None:
    who, said = told["done"][key]
    occurrence = occurrence_of(world, told, key, due)
    duties.finish_duty(
        occurrence, by=world.person(who), revision=occurrence.revision, done_date=world.today(), result=said
    )


def set_aside(world: World, told: dict[str, Any], key: str, due: date, why: str) -> None:
    duties.set_duty_aside(occurrence_of(world, told, key, due), by=world.person(told["planner"]), reason=why)


def occurrence_of(world: World, told: dict[str, Any], key: str, due: date) -> DutyOccurrence:
    duty = RecurringDuty.objects.get(unit=world.unit(told["unit"]), template__key=key)
    return duty.occurrences.get(due_date=due)
