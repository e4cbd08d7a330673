"""The installation, the places and the people."""

from collections.abc import Iterator
from typing import Any

from hjulet.demo.accounts import PASSWORD, email_of
from hjulet.demo.world import Event, World
from hjulet.library.operations import install_library
from hjulet.organisation.models import Person
from hjulet.organisation.people.operations import add_person, choose_own_password
from hjulet.organisation.roles.operations import assign_role, end_assignment
from hjulet.organisation.units.operations import establish_municipality, establish_unit

INSTALLED = "before-12-01"
ADMINISTRATOR = "mattias"


def found(world: World) -> None:
    """What must be there before the story can be told: the library and the places."""
    machine = world.put("person", "machine", Person.objects.machine())
    install_library("socialtjanst", by=machine)
    told = world.data("organisation")
    since = world.calendar.date(told["since"])
    world.put("unit", "municipality", establish_municipality(by=machine, name=told["municipality"], valid_from=since))
    for number, entry in enumerate(told["units"], start=1):
        unit = establish_unit(
            by=machine,
            kind=entry["kind"],
            parent=world.unit(entry["under"]),
            name=entry["name"],
            code=entry.get("code", ""),
            external_id=f"E{number:03}",
            valid_from=since,
        )
        world.put("unit", entry["key"], unit)


def events(world: World) -> Iterator[Event]:
    told = world.data("organisation")
    for entry in sorted(told["people"], key=lambda entry: entry["key"] != ADMINISTRATOR):
        yield world.event(INSTALLED, lambda entry=entry: add(world, entry))
        for role in entry["roles"]:
            yield from held(world, entry["key"], role, since=told["since"])


def held(world: World, who: str, told: list[str], *, since: str) -> Iterator[Event]:
    """A role, where, and from when to when. One held before the installation is entered when that is made."""
    role, where, *days = told
    first, last = (*days, "", "")[:2]
    first = first or since
    entered = INSTALLED if world.calendar.date(first) < world.calendar.date(INSTALLED) else first
    yield world.event(entered, lambda: assign(world, who, role, where, first))
    if last:
        yield world.event(last, lambda: end(world, who, last))


def administrator_of(world: World, who: str) -> Person:
    """The machine makes the first account, and its owner all the others."""
    return world.person("machine" if who == ADMINISTRATOR else ADMINISTRATOR)


def add(world: World, entry: dict[str, Any]) -> Person:
    """A new person, who at once changes the one-time password for that of the demo."""
    person, _password = add_person(
        by=administrator_of(world, entry["key"]), name=entry["name"], email=email_of(entry["key"]), title=entry["title"]
    )
    choose_own_password(person, by=person, password=PASSWORD)
    return world.put("person", entry["key"], person)


def assign(world: World, who: str, role: str, where: str, first: str) -> None:
    assignment = assign_role(
        by=administrator_of(world, who),
        person=world.person(who),
        role=role,
        unit=world.unit(where),
        valid_from=world.calendar.date(first),
    )
    world.put("assignment", who, assignment)


def end(world: World, who: str, last: str) -> None:
    end_assignment(world.get("assignment", who), by=world.person(ADMINISTRATOR), valid_to=world.calendar.date(last))
