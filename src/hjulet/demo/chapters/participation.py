"""Whom we listened to, and what became of what they said."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.actions.models import Action, ActionType
from hjulet.actions.operations import complete_action
from hjulet.demo.world import Event, World
from hjulet.planning.models import MeetingKind, Outcome, RiskAnalysis
from hjulet.planning.participation import operations as participation
from hjulet.planning.risks.models import Occasion
from hjulet.planning.risks.operations import assess_risk
from hjulet.rulebook.models import QualityArea


def events(world: World) -> Iterator[Event]:
    for told in world.data("participation"):
        yield world.event(told["day"], partial(meet, world, told))
        for outcome in told["outcomes"]:
            yield from life_of(world, told, outcome)


def life_of(world: World, told: dict[str, Any], said: dict[str, Any]) -> Iterator[Event]:
    """It is written down at the meeting, answered another day, and what was decided is carried out in time."""
    yield world.event(told["day"], partial(note, world, told, said))
    if not (became := said.get("became")):
        return
    yield world.event(became["day"], partial(answer, world, told, said, became))
    if done := became.get("done"):
        yield world.event(done["day"], partial(carry_out, world, key_of(told, said), done))
    if opened := became.get("opened"):
        yield world.event(opened["day"], partial(reopen, world, told, said, became["by"], opened["reason"]))


def key_of(told: dict[str, Any], said: dict[str, Any]) -> str:
    return f"{told['unit']} {told['day']} {said['text']}"


def meet(world: World, told: dict[str, Any]) -> None:
    meeting = participation.note_meeting(
        by=world.person(told["by"]),
        unit=world.unit(told["unit"]),
        kind=world.library(MeetingKind, told["kind"]),
        meeting_date=world.today(),
        subject=told["subject"],
        summary=told["summary"],
        attendance=told["attendance"],
        **world.owner(told["owner"]),
    )
    world.put("meeting", f"{told['unit']} {told['day']}", meeting)


def note(world: World, told: dict[str, Any], said: dict[str, Any]) -> None:
    meeting = world.get("meeting", f"{told['unit']} {told['day']}")
    outcome = participation.note_outcome(meeting, by=world.person(told["by"]), kind=said["kind"], text=said["text"])
    world.put("outcome", key_of(told, said), outcome)


def answer(world: World, told: dict[str, Any], said: dict[str, Any], became: dict[str, Any]) -> None:
    outcome: Outcome = world.get("outcome", key_of(told, said))
    by = world.person(became["by"])
    if "action" in became:
        given = became["action"]
        place = {"unit": world.unit(given["unit"])} if "unit" in given else {}
        action = participation.plan_action_from(outcome, by=by, **wording(world, given), **place)
        world.put("action", key_of(told, said), action)
    elif "answered_by" in became:
        participation.answer_with_action(outcome, by=by, action=world.get("action", became["answered_by"]))
    elif "risk" in became:
        make_risk(world, outcome, became)
    else:
        participation.answer_without_measure(outcome, by=by, reason=became["nothing"])


def wording(world: World, given: dict[str, Any]) -> dict[str, Any]:
    """An action as its operation asks for it; a last day counted from today is never before it is planned."""
    return {
        "title": given["title"],
        "description": given["description"],
        "type": world.library(ActionType, given["type"]),
        "due_date": max(world.calendar.date(given["due"]), world.today()),
        **world.owner(given["owner"]),
    }


def make_risk(world: World, outcome: Outcome, became: dict[str, Any]) -> None:
    """In this year's analysis of the nämnd, and judged at once."""
    given, by = became["risk"], world.person(became["by"])
    analysis = RiskAnalysis.objects.get(unit=outcome.unit, year=world.today().year)
    risk = participation.identify_risk_from(
        outcome,
        by=by,
        analysis=analysis,
        title=given["title"],
        deficiency=given["deficiency"],
        quality_area=world.library(QualityArea, given["area"]),
    )
    probability, severity = given["level"]
    assess_risk(
        risk,
        by=by,
        occasion=Occasion.INITIAL,
        assessed_date=world.today(),
        probability=probability,
        severity=severity,
    )


def carry_out(world: World, key: str, done: dict[str, Any]) -> None:
    action: Action = world.get("action", key)
    complete_action(action, by=world.person(done["by"]), result=done["text"], completed_date=world.today())


def reopen(world: World, told: dict[str, Any], said: dict[str, Any], by: str, reason: str) -> None:
    participation.reopen_outcome(world.get("outcome", key_of(told, said)), by=world.person(by), reason=reason)
