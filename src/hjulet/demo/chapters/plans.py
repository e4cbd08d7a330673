"""The quality plans: written, sent out, proposed, adopted, and once made anew during the year."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.planning.quality_plan import operations as plans


def events(world: World) -> Iterator[Event]:
    for committee, told in world.data("years").items():
        for year in ("last", "this"):
            yield from plan_of(world, committee, told, year)


def plan_of(world: World, committee: str, told: dict[str, Any], year: str) -> Iterator[Event]:
    key = f"{committee}-{year}"
    texts = world.data("plan_texts")[committee]
    developer, secretary = told["developer"], told["secretary"]
    days = told[year]["plan"]
    yield world.event(days["start"], partial(start, world, committee, year, developer))
    yield world.event(days["write"], partial(write, world, key, texts[year], developer))
    yield world.event(days["refer"], lambda: plans.refer_plan(world.get("plan", key), by=world.person(developer)))
    yield from decided(world, key, days, developer, secretary)
    if revision := told[year].get("revision"):
        yield world.event(revision["start"], partial(revise, world, key, revision["reason"], developer, key))
        yield world.event(revision["write"], partial(write, world, key, texts["revision"], developer))
        yield from decided(world, key, revision, developer, secretary)
    if pending := told[year].get("pending"):
        yield from pending_version(world, key, pending, developer)
    if "close" in told[year]:
        yield world.event(
            told[year]["close"], lambda: plans.close_plan(world.get("plan", key), by=world.person(developer))
        )


def pending_version(world: World, key: str, pending: dict[str, Any], developer: str) -> Iterator[Event]:
    """A new version that waits for an answer today; the story goes on with the one that holds."""
    waiting = f"{key}-pending"
    move, day = pending["sent"]
    send = {"refer": plans.refer_plan, "propose": plans.propose_plan}[move]
    if world.calendar.date(pending["start"]) >= world.calendar.date(pending["from"]):
        yield world.event(pending["start"], partial(revise, world, key, pending["reason"], developer, waiting))
        yield world.event(day, lambda: send(world.get("plan", waiting), by=world.person(developer)))


def decided(world: World, key: str, days: dict[str, Any], developer: str, secretary: str) -> Iterator[Event]:
    """Proposed by the developer, adopted at the meeting, and entered by the secretary when the minutes are done."""
    yield world.event(days["propose"], lambda: plans.propose_plan(world.get("plan", key), by=world.person(developer)))
    yield world.event(days["decision"][1], partial(adopt, world, key, days["decision"], secretary))


def start(world: World, committee: str, year: str, developer: str) -> None:
    plan = plans.start_plan(by=world.person(developer), committee=world.unit(committee), year=world.calendar.year(year))
    world.put("plan", f"{committee}-{year}", plan)


def write(world: World, key: str, texts: dict[str, str], developer: str) -> None:
    plan = world.get("plan", key)
    for text in plan.texts.filter(key__in=texts):
        plans.write_text(text, by=world.person(developer), revision=text.revision, body=texts[text.key])


def revise(world: World, key: str, reason: str, developer: str, becomes: str) -> None:
    """`becomes` is the key of the new version: the same when it is the one that the year goes on with."""
    version = plans.revise_plan(world.get("plan", key), by=world.person(developer), reason=reason)
    world.put("plan", becomes, version)


def adopt(world: World, key: str, decision: list[str], secretary: str) -> None:
    plans.adopt_plan(world.get("plan", key), by=world.person(secretary), **minutes(world, decision))


def minutes(world: World, decision: list[str]) -> dict[str, Any]:
    """What the minutes say of a decision: meeting day, paragraph and registry number."""
    meeting, _entered, paragraph, number = decision
    return {
        "meeting_date": world.calendar.working_day(meeting),
        "paragraph": paragraph,
        "registry_number": number,
    }
