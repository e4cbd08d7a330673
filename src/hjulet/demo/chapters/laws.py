"""What governs the work: read by the lawyer, decided by the municipality itself, replaced, and judged."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.reporting.compliance.operations import judge
from hjulet.rulebook.laws import operations as laws
from hjulet.rulebook.laws.models import Law, LawField, LawKind, Series
from hjulet.rulebook.models import Provision

KEEPER = "rebecka"


def events(world: World) -> Iterator[Event]:
    told = world.data("laws")
    for check in told["checks"]:
        yield world.event(check["day"], partial(go_through, world, check))
    for own in told["own"]:
        yield world.event(own["day"], partial(decide, world, own))
    yield world.event(told["superseded"]["day"], partial(supersede, world, told["superseded"]))
    for judgement in told["judgements"]:
        yield world.event(judgement["day"], partial(say, world, judgement))


def go_through(world: World, told: dict[str, Any]) -> None:
    laws.check_law(
        Law.objects.get(key=told["law"]),
        by=world.person(told["by"]),
        checked_date=world.today(),
        comment=told["comment"],
        certainty=told["certainty"],
        next_review_date=world.calendar.date(told["next"]),
    )


def decide(world: World, told: dict[str, Any]) -> None:
    keeper, since = world.person(KEEPER), world.calendar.date(told["valid_from"])
    kind = {"kind": LawKind.OTHER, "field": LawField.GENERAL, "series": Series.OTHER, "certainty": "verified"}
    law = laws.add_law(by=keeper, title=told["title"], valid_from=since, owner_role="quality_developer", **kind)
    provision = laws.add_provision(
        by=keeper,
        law=law,
        reference=told["reference"],
        heading=told["heading"],
        demand=told["demand"],
        valid_from=since,
        certainty="verified",
    )
    world.put("provision", told["key"], provision)


def supersede(world: World, told: dict[str, Any]) -> None:
    laws.supersede_provision(
        world.get("provision", told["key"]),
        by=world.person(told["by"]),
        valid_to=world.calendar.date(told["valid_to"]),
        successor=world.get("provision", told["successor"]),
        reason=told["reason"],
        due_date=world.calendar.date(told["due"]),
    )


def say(world: World, told: dict[str, Any]) -> None:
    judge(
        by=world.person(told["by"]),
        committee=world.unit(told["committee"]),
        provision=world.rows.get(("provision", told["of"])) or Provision.objects.get(key=told["of"]),
        verdict=told["verdict"],
        comment=told["comment"],
        judged_date=world.today(),
    )
