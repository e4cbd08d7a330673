"""What the roles of two units need to know, counted year by year."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.chapters.participation import wording
from hjulet.demo.world import Event, World
from hjulet.planning.competence import operations as competence
from hjulet.planning.models import Competence, CompetenceNeed


def events(world: World) -> Iterator[Event]:
    for told in world.data("competence"):
        counts = told["counts"]
        yield world.event(counts[0][0] if counts else told["since"], partial(put_in_the_map, world, told))
        for counted in counts[1:]:
            yield world.event(counted[0], partial(count, world, told, counted))
        if action := told.get("action"):
            yield world.event(action["day"], partial(plan, world, told, action))
        if ended := told.get("ended"):
            yield world.event(ended["day"], partial(end, world, told, ended["reason"]))


def need_of(world: World, told: dict[str, Any]) -> CompetenceNeed:
    return world.get("need", key_of(told))


def key_of(told: dict[str, Any]) -> str:
    return f"{told['unit']} {told['role']} {told['competence']}"


def put_in_the_map(world: World, told: dict[str, Any]) -> None:
    """With the first count, where anybody has counted."""
    due, counts = told.get("due"), told["counts"]
    _day, needed, have, employed = counts[0] if counts else (None, told["needed"], None, None)
    need = competence.map_need(
        by=world.person(told["by"]),
        unit=world.unit(told["unit"]),
        role_title=told["role"],
        competence=world.library(Competence, told["competence"]),
        needed=needed,
        have=have,
        headcount=employed,
        counted_date=world.today(),
        plan=told.get("plan", ""),
        plan_due_date=world.calendar.date(due) if due else None,
        **world.owner(told["owner"]),
    )
    world.put("need", key_of(told), need)


def count(world: World, told: dict[str, Any], counted: list[Any]) -> None:
    _day, needed, have, employed = counted
    competence.count_need(
        need_of(world, told),
        by=world.person(told["by"]),
        needed=needed,
        have=have,
        headcount=employed,
        counted_date=world.today(),
    )


def plan(world: World, told: dict[str, Any], action: dict[str, Any]) -> None:
    competence.plan_action_from(need_of(world, told), by=world.person(action["by"]), **wording(world, action))


def end(world: World, told: dict[str, Any], reason: str) -> None:
    competence.end_need(need_of(world, told), by=world.person(told["by"]), reason=reason)
