"""What the nämnder have agreed with others, and how it is kept."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.monitoring.agreement_follow_ups.operations import plan_action_from, record_follow_up
from hjulet.rulebook.agreements import operations as agreements
from hjulet.rulebook.models import Agreement, AgreementKind, MandatoryBasis, Provision


def events(world: World) -> Iterator[Event]:
    for told in world.data("agreements"):
        yield world.event(told["written"], partial(write, world, told))
        if "in_force" in told:
            yield world.event(told["in_force"], partial(put_in_force, world, told))
        for time in told["followed"]:
            yield world.event(time["day"], partial(follow_up, world, told, time))
        if "then" in told:
            yield world.event(told["then"]["day"], partial(finish, world, told))


def write(world: World, told: dict[str, Any]) -> None:
    by, mandatory = world.person(told["by"]), told.get("mandatory")
    function, phone, email = told["contact"]
    agreement = agreements.draft_agreement(
        by=by,
        unit=world.unit(told["unit"]),
        title=told["title"],
        kind=world.library(AgreementKind, told["kind"]),
        mandatory_basis=world.library(MandatoryBasis, mandatory) if mandatory else None,
        provisions=[world.library(Provision, key) for key in told.get("provisions", ())],
        purpose=told["purpose"],
        target_group=told["target_group"],
        renewal=told.get("renewal", ""),
        valid_from=day(world, told, "valid_from"),
        valid_to=day(world, told, "valid_to"),
        notice_date=day(world, told, "notice"),
        follow_up_months=told.get("months"),
        next_follow_up_date=day(world, told, "next_follow_up"),
        contact_function=function,
        contact_phone=phone,
        contact_email=email,
        registry_number=told.get("registry_number", ""),
        **world.owner(told["owner"]),
    )
    for name, kind, role, *provider in told["parties"]:
        unit = world.unit(provider[0]) if provider else None
        agreements.add_party(agreement, by=by, name=name, kind=kind, role=role, unit=unit)
    for order, requirement in enumerate(told["requirements"], start=1):
        agreements.add_requirement(
            agreement,
            by=by,
            order=order,
            text=requirement["text"],
            is_critical=requirement.get("critical", False),
            legal_basis=requirement.get("legal_basis", ""),
            method=requirement["method"],
        )
    world.put("agreement", told["key"], agreement)


def day(world: World, told: dict[str, Any], name: str) -> date | None:
    return world.calendar.date(told[name]) if name in told else None


def put_in_force(world: World, told: dict[str, Any]) -> None:
    by, agreement = world.person(told["by"]), standing(world, told["key"])
    agreements.put_in_force(agreement, by=by)
    if "replaces" in told:
        earlier = standing(world, told["replaces"])
        reason = "En ny överenskommelse med kortare väntan gäller från årsskiftet."
        agreements.replace_agreement(earlier, by=by, reason=reason, successor=agreement)


def follow_up(world: World, told: dict[str, Any], time: dict[str, Any]) -> None:
    by, agreement = world.person(time["by"]), standing(world, told["key"])
    notes = time.get("notes") or [""] * len(time["verdicts"])
    judged = zip(agreement.requirements.all(), time["verdicts"], notes, strict=True)
    done = record_follow_up(
        agreement,
        by=by,
        done_date=world.today(),
        summary=time["summary"],
        measures=time.get("measures", ""),
        opinions={requirement: (verdict, note) for requirement, verdict, note in judged if verdict != "-"},
        next_follow_up_date=world.calendar.date(time["next"]),
    )
    if "action" in time:
        wanted = time["action"]
        plan_action_from(
            done.verdicts.get(order=wanted["of"]),
            by=by,
            title=wanted["title"],
            description=wanted["description"],
            due_date=world.calendar.date(wanted["due"]),
            **world.owner(wanted["owner"]),
        )


def finish(world: World, told: dict[str, Any]) -> None:
    by, agreement, then = world.person(told["by"]), standing(world, told["key"]), told["then"]
    match then["do"]:
        case "renew":
            agreements.renew_agreement(agreement, by=by)
        case "terminate":
            last = world.calendar.date(then["valid_to"])
            agreements.terminate_agreement(agreement, by=by, reason=then["reason"], valid_to=last)
        case "end":
            agreements.end_agreement(agreement, by=by, reason=then["reason"])


def standing(world: World, key: str) -> Agreement:
    """As it stands now: others have written in it since."""
    return Agreement.objects.get(pk=world.get("agreement", key).pk)
