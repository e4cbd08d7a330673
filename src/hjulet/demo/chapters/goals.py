"""Where the municipality, its nämnder and its units are going."""

from collections.abc import Iterator
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.planning.goals.operations import set_goal, withdraw_goal
from hjulet.planning.models import Goal, GoalLevel

# When the goals of a stretch of years are set, and its first and last year.
STRETCHES = {
    "period": ("before-12-07", "before", "next"),
    "both": ("before-12-08", "last", "this"),
    "last": ("before-12-09", "last", "last"),
    "this": ("last-12-10", "this", "this"),
}


def events(world: World) -> Iterator[Event]:
    leads = {entry["key"]: entry.get("lead", "machine") for entry in world.data("organisation")["units"]}
    for entry in world.data("goals"):
        by = leads.get(entry["unit"], "machine")
        yield world.event(STRETCHES[entry["for"]][0], lambda entry=entry, by=by: set_one(world, entry, by))
        if "withdrawn" in entry:
            yield world.event(entry["withdrawn"]["day"], lambda entry=entry, by=by: withdraw(world, entry, by))


def set_one(world: World, entry: dict[str, Any], by: str) -> Goal:
    _day, first, last = STRETCHES[entry["for"]]
    goal = set_goal(
        by=world.person(by),
        unit=world.unit(entry["unit"]),
        level=world.library(GoalLevel, entry["level"]),
        title=entry["title"],
        description=entry.get("description", ""),
        first_year=world.calendar.year(first),
        last_year=world.calendar.year(last),
        parent=world.get("goal", entry["under"]) if "under" in entry else None,
        **world.owner(entry.get("owner", "")),
    )
    return world.put("goal", entry["key"], goal)


def withdraw(world: World, entry: dict[str, Any], by: str) -> Goal:
    return withdraw_goal(world.get("goal", entry["key"]), by=world.person(by), reason=entry["withdrawn"]["reason"])
