"""What each nämnd has delegated, and what has been decided in its place."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.organisation.delegations.operations import (
    add_what_is_not_delegable,
    adopt_delegations,
    propose_delegation,
    record_delegated_decision,
    report_to_committee,
)
from hjulet.organisation.models import DelegatedDecision, Delegation


def events(world: World) -> Iterator[Event]:
    told = world.data("delegations")
    for order in told["orders"]:
        yield world.event(order["day"], partial(propose_all, world, order))
        yield world.event(order["decision"][1], partial(adopt, world, order))
    for decision in told["decisions"]:
        yield world.event(decision["day"], partial(decide, world, decision))
    for report in told["reports"]:
        yield world.event(report["decision"][1], partial(tell, world, report))
    for change in told["proposals"]:
        yield world.event(change["day"], partial(propose, world, change))


def propose_all(world: World, order: dict[str, Any]) -> None:
    add_what_is_not_delegable(world.unit(order["committee"]), by=world.person(order["by"]))
    for row in order["rows"]:
        propose(world, order | row)


def propose(world: World, told: dict[str, Any]) -> Delegation:
    return propose_delegation(
        by=world.person(told["by"]),
        committee=world.unit(told["committee"]),
        code=told["code"],
        title=told["title"],
        legal_basis=told.get("basis", ""),
        is_delegable=True,
        role=told["role"],
        sub_delegating_role=told.get("passes_on", ""),
        conditions=told.get("conditions", ""),
        must_be_reported=told.get("reported", True),
        valid_from=world.today(),
    )


def meeting(world: World, told: dict[str, Any]) -> dict[str, Any]:
    day, _entered, paragraph, registry_number = told["decision"]
    return {
        "meeting_date": world.calendar.working_day(day),
        "paragraph": paragraph,
        "registry_number": registry_number,
    }


def adopt(world: World, order: dict[str, Any]) -> None:
    adopt_delegations(world.unit(order["committee"]), by=world.person(order["secretary"]), **meeting(world, order))


def decide(world: World, told: dict[str, Any]) -> None:
    unit = world.unit(told["unit"])
    record_delegated_decision(
        by=world.person(told["by"]),
        delegation=Delegation.objects.on(world.today()).get(committee=unit.committee, code=told["code"]),
        unit=unit,
        decided_on=world.today(),
        subject=told["subject"],
        registry_number=told["number"],
        reasons=told.get("reasons", ""),
    )


def tell(world: World, report: dict[str, Any]) -> None:
    """All that had been decided by the day of the meeting."""
    said = meeting(world, report)
    committee = world.unit(report["committee"])
    waiting = DelegatedDecision.objects.unreported().filter(
        unit__committee=committee, decided_on__lte=said["meeting_date"]
    )
    rows = list(waiting.select_related("unit__committee").order_by("pk"))
    report_to_committee(rows, by=world.person(report["secretary"]), **said)
