"""The units that change, and who stands in for whom."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.chapters.places import ADMINISTRATOR
from hjulet.demo.world import Event, World
from hjulet.organisation.deputies.operations import give_deputy
from hjulet.organisation.reorganisations import operations as reorganisations


def events(world: World) -> Iterator[Event]:
    told = world.data("reorganisations")
    for entry in told["reorganisations"]:
        yield world.event(entry["drafted"], partial(draft, world, entry))
        if "planned" in entry:
            yield world.event(entry["planned"], partial(plan, world, entry))
    for entry in told["deputies"]:
        yield world.event(entry["given"], partial(deputise, world, entry))


def draft(world: World, told: dict[str, Any]) -> None:
    effective = told.get("effective")
    reorganisation = reorganisations.draft_reorganisation(
        by=world.person(ADMINISTRATOR),
        kind=told["kind"],
        sources=[world.unit(key) for key in told["sources"]],
        receiver=world.unit(told["receiver"]) if "receiver" in told else None,
        new=[(name, code) for name, code in told.get("new", [])],
        effective_date=world.calendar.date(effective) if effective else world.today(),
        basis=told["basis"],
    )
    world.put("reorganisation", told["key"], reorganisation)


def plan(world: World, told: dict[str, Any]) -> None:
    reorganisation = world.get("reorganisation", told["key"])
    reorganisations.plan_reorganisation(reorganisation, by=world.person(ADMINISTRATOR), day=world.today())


def deputise(world: World, told: dict[str, Any]) -> None:
    holder = world.person(told["for"])
    give_deputy(
        holder.role_assignments.get(valid_to=None),
        by=holder,
        person=world.person(told["person"]),
        valid_from=world.today(),
        valid_to=world.calendar.date(told["last"]),
    )
