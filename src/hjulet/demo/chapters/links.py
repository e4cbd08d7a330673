"""Which routine, process or law governs a risk, an action or a self-monitoring."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.rulebook.links.operations import link_to_rule, withdraw_link
from hjulet.rulebook.models import Provision


def events(world: World) -> Iterator[Event]:
    for told in world.data("links"):
        yield world.event(told["day"], partial(link, world, told))
        if "withdrawn" in told:
            yield world.event(told["withdrawn"]["day"], partial(take_away, world, told))


def link(world: World, told: dict[str, Any]) -> None:
    field, key = told["to"]
    rule = world.library(Provision, key) if field == "provision" else world.get(field, key)
    made = link_to_rule(
        world.get(*told["about"]), by=world.person(told["by"]), note=told.get("note", ""), **{field: rule}
    )
    world.put("link", f"{told['about']} {told['to']}", made)


def take_away(world: World, told: dict[str, Any]) -> None:
    made = world.get("link", f"{told['about']} {told['to']}")
    withdraw_link(made, by=world.person(told["by"]), reason=told["withdrawn"]["reason"])
