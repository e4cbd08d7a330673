"""The municipality tries out roles by group, before its own login is connected."""

from collections.abc import Iterator
from typing import Any

from hjulet.demo.chapters.places import ADMINISTRATOR
from hjulet.demo.world import Event, World
from hjulet.organisation.sign_on.operations import map_group, remember_groups


def events(world: World) -> Iterator[Event]:
    told = world.data("sign_on")
    for entry in told["groups"]:
        yield world.event(told["installed"], lambda entry=entry: give(world, entry))
    for entry in told["logins"]:
        yield world.event(told["seen"], lambda entry=entry: see(world, entry))


def give(world: World, entry: dict[str, Any]) -> None:
    map_group(by=world.person(ADMINISTRATOR), value=entry["value"], role=entry["role"], unit=world.unit(entry["unit"]))


def see(world: World, entry: dict[str, Any]) -> None:
    remember_groups(
        entry["groups"], by=world.person("machine"), person=world.person(entry["person"]), day=world.today()
    )
