"""What those who work here wanted to do better, and what they got for an answer."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.chapters.participation import carry_out, wording
from hjulet.demo.world import Event, World
from hjulet.planning.ideas import operations as ideas
from hjulet.planning.models import Idea


def events(world: World) -> Iterator[Event]:
    for told in world.data("ideas"):
        yield world.event(told["day"], partial(propose, world, told))
        if considered := told.get("considered"):
            yield world.event(considered[0], partial(consider, world, told, considered[1]))
        if declined := told.get("declined"):
            yield world.event(declined["day"], partial(decline, world, told, declined))
        if accepted := told.get("accepted"):
            yield world.event(accepted["day"], partial(accept, world, told, accepted))
        if carried_out := told.get("carried_out"):
            yield world.event(carried_out["day"], partial(carry_out, world, told["title"], carried_out))
        if finished := told.get("finished"):
            yield world.event(finished["day"], partial(finish, world, told, finished))


def idea_of(world: World, told: dict[str, Any]) -> Idea:
    return world.get("idea", told["title"])


def propose(world: World, told: dict[str, Any]) -> None:
    idea = ideas.propose_idea(
        by=world.person(told["by"]),
        unit=world.unit(told["unit"]),
        title=told["title"],
        why=told["why"],
        place=told["place"],
    )
    world.put("idea", told["title"], idea)


def consider(world: World, told: dict[str, Any], by: str) -> None:
    ideas.consider_idea(idea_of(world, told), by=world.person(by))


def decline(world: World, told: dict[str, Any], declined: dict[str, Any]) -> None:
    ideas.decline_idea(idea_of(world, told), by=world.person(declined["by"]), reason=declined["answer"])


def accept(world: World, told: dict[str, Any], accepted: dict[str, Any]) -> None:
    by, given = world.person(accepted["by"]), wording(world, accepted["action"])
    action = ideas.accept_idea(idea_of(world, told), by=by, answer=accepted["answer"], **given)
    world.put("action", told["title"], action)


def finish(world: World, told: dict[str, Any], finished: dict[str, Any]) -> None:
    ideas.finish_idea(idea_of(world, told), by=world.person(finished["by"]), reason=finished["text"])
