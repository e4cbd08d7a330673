"""How the plans went, period by period, and how what was learnt became next year's analysis."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.chapters.plans import minutes
from hjulet.demo.world import Event, World
from hjulet.reporting.follow_up import operations as follow_ups
from hjulet.rulebook.models import QualityArea

PERIODS = ("t1", "t2", "year")


def events(world: World) -> Iterator[Event]:
    for committee, told in world.data("years").items():
        for year in ("last", "this"):
            for period in PERIODS:
                if period in told[year]:
                    yield from follow_up_of(world, committee, year, period)
            if "draft" in told[year]:
                yield from begun_lately(world, committee, year)


def follow_up_of(world: World, committee: str, year: str, period: str) -> Iterator[Event]:
    told = world.data("years")[committee]
    texts = world.data("follow_ups")[committee][year][period]
    days, developer = told[year][period], told["developer"]
    key = f"{committee}-{year}-{period}"

    def propose() -> None:
        follow_ups.propose_follow_up(world.get("follow_up", key), by=world.person(developer))

    yield world.event(days["start"], partial(start, world, f"{committee}-{year}", period, developer))
    yield world.event(days["write"], partial(write, world, key, texts, developer))
    yield world.event(days["propose"], propose)
    yield world.event(days["decision"][1], partial(report, world, key, days["decision"], told["secretary"]))
    if "next_year" in days:
        yield world.event(days["next_year"], partial(begin_next_year, world, key, developer))


def begun_lately(world: World, committee: str, year: str) -> Iterator[Event]:
    """The next follow-up as a draft with a summary, when today lies between two of the story's own."""
    told = world.data("years")[committee]
    days, plan = told[year]["draft"], f"{committee}-{year}"
    begun = world.calendar.date(days["day"])
    for period in PERIODS:
        own = told[year].get(period)
        is_before_own = own is None or world.calendar.today < world.calendar.date(own["start"])
        if world.calendar.date(days[period]) <= begun and is_before_own:
            text = world.data("follow_ups")[committee]["draft"]
            yield world.event(days["day"], partial(start, world, plan, period, told["developer"]))
            yield world.event(days["day"], partial(write, world, f"{plan}-{period}", text, told["developer"]))
            return


def start(world: World, plan: str, period: str, developer: str) -> None:
    follow_up = follow_ups.start_follow_up_of(world.get("plan", plan), by=world.person(developer), period=period)
    world.put("follow_up", f"{plan}-{period}", follow_up)


def write(world: World, key: str, texts: dict[str, Any], developer: str) -> None:
    """The text of each area, then the summary, then what was learnt."""
    follow_up = world.get("follow_up", key)
    by = world.person(developer)
    for text in follow_up.texts.select_related("quality_area"):
        body = texts.get(text.quality_area.key if text.quality_area else "summary")
        if body:
            follow_ups.write_text(text, by=by, revision=text.revision, body=body)
    for number, lesson in enumerate(texts.get("lessons", []), start=1):
        learnt = follow_ups.add_lesson(
            follow_up,
            by=by,
            quality_area=world.library(QualityArea, lesson["area"]),
            text=lesson["text"],
            becomes_risk=lesson.get("risk", False),
        )
        world.put("lesson", f"{key.replace('-last', '')}-{number}", learnt)


def report(world: World, key: str, decision: list[str], secretary: str) -> None:
    follow_ups.report_follow_up(world.get("follow_up", key), by=world.person(secretary), **minutes(world, decision))


def begin_next_year(world: World, key: str, developer: str) -> None:
    """One button: the analyses of this year come from those of last year, lessons included."""
    follow_up = world.get("follow_up", key)
    units = {unit.pk: name for (kind, name), unit in world.rows.items() if kind == "unit"}
    for analysis in follow_ups.start_next_year(follow_up, by=world.person(developer)):
        world.put("analysis", f"{units[analysis.unit_id]}-this", analysis)
    for (kind, _name), lesson in world.rows.items():
        if kind == "lesson":
            lesson.refresh_from_db()
