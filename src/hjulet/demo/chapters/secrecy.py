"""What was marked as secret, who read it and why, and the review of that."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.audit.models import How
from hjulet.audit.operations import log_readings
from hjulet.base.disclosing import Disclosed
from hjulet.collaboration.secrecy.operations import mark_secret, open_marked
from hjulet.demo.world import Event, World
from hjulet.monitoring.log_review.models import Review, ReviewRule, Verdict
from hjulet.monitoring.log_review.operations import draw_sample, judge_reading, plan_review, sign_review
from hjulet.organisation.secrecy.queries import marking_of, reads_of
from hjulet.planning.models import Risk


def events(world: World) -> Iterator[Event]:
    told = world.data("secrecy")
    for marking in told["markings"]:
        yield world.event(marking["day"], partial(mark, world, marking))
    for reading in told["readings"]:
        yield world.event(reading["day"], partial(read, world, reading))
    for review in told["reviews"]:
        yield world.event(review["day"], partial(plan, world, review))
        yield world.event(review["latest"], partial(sign_earlier, world, review))
        yield world.event(review["latest"], partial(begin_latest, world, review))


def latest(world: World, key: str) -> Risk:
    """Of this year when its analysis has begun, else of last year."""
    return Risk.objects.filter(title=world.get("risk", f"{key}-last").title).order_by("-year")[0]


def mark(world: World, told: dict[str, Any]) -> None:
    mark_secret(
        latest(world, told["risk"]), by=world.person(told["by"]), provision=told["provision"], reason=told["reason"]
    )


def read(world: World, told: dict[str, Any]) -> None:
    """As the page does it: from outside a reason first, and every reading in the log."""
    risk, person = latest(world, told["risk"]), world.person(told["by"])
    if reason := told.get("reason"):
        marking = marking_of(risk)
        if marking is not None:
            open_marked(marking, by=person, reason=reason)
    log_readings(reads_of(person, [Disclosed(risk, How.PAGE)]), by=person)


def plan(world: World, told: dict[str, Any]) -> None:
    row = plan_review(
        by=world.person(told["by"]),
        unit=world.unit(told["unit"]),
        rule=world.library(ReviewRule, told["rule"]),
        starts_date=world.today().replace(day=1),
        owner_person=world.person(told["by"]),
    )
    world.put("review plan", told["unit"], row)


def reviews_of(world: World, told: dict[str, Any]) -> list[Review]:
    return list(world.get("review plan", told["unit"]).reviews.order_by("period_start"))


def sign_earlier(world: World, told: dict[str, Any]) -> None:
    by = world.person(told["by"])
    for review in reviews_of(world, told)[:-1]:
        draw_sample(review, by=by)
        for sampled in review.sampled.all():
            judge_reading(sampled, by=by, verdict=Verdict.JUSTIFIED)
        sign_review(review, by=by, conclusion=told["conclusion"])


def begin_latest(world: World, told: dict[str, Any]) -> None:
    draw_sample(reviews_of(world, told)[-1], by=world.person(told["by"]))
