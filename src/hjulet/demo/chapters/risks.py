"""The risks of both years: described, judged, thought through, accepted, and carried from one year to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.organisation.models import Person
from hjulet.planning.models import OperationalArea, Risk, RiskAnalysis, RiskSource
from hjulet.planning.risk_analyses.operations import conclude_analysis, reopen_analysis, start_analysis
from hjulet.planning.risks.models import Change, Occasion
from hjulet.planning.risks.operations import (
    accept_risk,
    analyse_deeper,
    assess_risk,
    change_risk,
    identify_risk,
    mark_change,
)
from hjulet.rulebook.models import QualityArea

FOLLOW_UPS = ("t1", "t2", "year")


@dataclass(frozen=True)
class Analysis:
    """One unit's analysis of one year: who makes it, who takes part, and when. `year` is "last" or "this"."""

    world: World
    unit: str
    maker: str
    year: str
    participants: str
    days: dict[str, Any]

    @property
    def by(self) -> Person:
        return self.world.person(self.maker)

    @property
    def row(self) -> RiskAnalysis:
        return self.world.get("analysis", f"{self.unit}-{self.year}")

    def risk(self, told: dict[str, Any]) -> Risk:
        return self.world.get("risk", f"{told['key']}-{self.year}")


def events(world: World) -> Iterator[Event]:
    for committee in world.data("years").values():
        for part in committee["analyses"]:
            for year in ("last", "this"):
                analysis = Analysis(world, part["unit"], part["by"], year, part["participants"], committee[year])
                yield from work_of(world, analysis, part.get("reopened") if year == "last" else None)


def work_of(world: World, analysis: Analysis, reopened: dict[str, str] | None) -> Iterator[Event]:
    """From the start of an analysis to its end. This year's is begun by the follow-up of last year."""
    days = analysis.days["analysis"]
    if analysis.year == "last":
        yield world.event(days["start"], partial(start, analysis))
    if reopened:
        yield world.event(
            reopened["day"], lambda: reopen_analysis(analysis.row, by=analysis.by, reason=reopened["reason"])
        )
    for told in world.data("risks"):
        if told["analysis"] == analysis.unit and analysis.year in told:
            yield from life_of(world, analysis, told)
    for day in [days["conclude"], *([reopened["conclude"]] if reopened else [])]:
        yield world.event(day, lambda: conclude_analysis(analysis.row, by=analysis.by))


def life_of(world: World, analysis: Analysis, told: dict[str, Any]) -> Iterator[Event]:
    """What happens to one risk during one year."""
    this_year = told[analysis.year]
    is_carried = analysis.year == "this" and "last" in told
    added = None if is_carried else told.get("added")
    days = analysis.days["analysis"]

    begin = mark if is_carried else describe if "lesson" in told else identify
    yield world.event(added or days["identify"], partial(begin, analysis, told))
    for occasion in (Occasion.INITIAL, Occasion.TARGET):
        if occasion in this_year:
            yield world.event(added or days["assess"], partial(judge, analysis, told, occasion, this_year[occasion]))
    if deeper := this_year.get("deeper") or (not is_carried and told.get("deeper")):
        yield world.event(added or days["deepen"], partial(deepen, analysis, told, deeper))
    if "accepted" in told and told["accepted"]["day"].startswith(analysis.year):
        yield world.event(told["accepted"]["day"], partial(accept, analysis, told))
    for period in FOLLOW_UPS:
        if period in this_year:
            day = analysis.days[period]["assess"]
            yield world.event(day, partial(judge, analysis, told, Occasion.FOLLOW_UP, this_year[period]))
    if now := this_year.get("now"):
        yield from lately(world, now, partial(judge, analysis, told, Occasion.FOLLOW_UP, now["judged"]))


def lately(world: World, now: dict[str, Any], do: partial) -> Iterator[Event]:
    """Something so many days before today, unless the year has not come that far."""
    if world.calendar.date(now["day"]) >= world.calendar.date(now["from"]):
        yield world.event(now["day"], do)


def start(analysis: Analysis) -> None:
    row = start_analysis(
        by=analysis.by,
        unit=analysis.world.unit(analysis.unit),
        year=analysis.world.calendar.year(analysis.year),
    )
    analysis.world.put("analysis", f"{analysis.unit}-{analysis.year}", row)


def identify(analysis: Analysis, told: dict[str, Any]) -> None:
    risk = identify_risk(
        by=analysis.by,
        analysis=analysis.row,
        quality_area=analysis.world.library(QualityArea, told["area"]),
        source=analysis.world.library(RiskSource, told["source"]),
        source_note=told.get("source_note", ""),
        **description(analysis.world, told),
    )
    analysis.world.put("risk", f"{told['key']}-{analysis.year}", risk)


def describe(analysis: Analysis, told: dict[str, Any]) -> None:
    """A lesson came into the analysis as it was written; now it is put as a risk with its cause."""
    risk = analysis.world.get("lesson", told["lesson"]).risk
    change_risk(risk, by=analysis.by, revision=risk.revision, **description(analysis.world, told))
    analysis.world.put("risk", f"{told['key']}-{analysis.year}", risk)


def description(world: World, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": told["title"],
        "deficiency": told["deficiency"],
        "consequence": told.get("consequence", ""),
        "goal": world.get("goal", told["goal"]),
        "laws": told.get("laws", []),
        "operational_area": world.library(OperationalArea, told["operational"]),
        "responsible_role": told["responsible"],
    }


def mark(analysis: Analysis, told: dict[str, Any]) -> None:
    """What became of last year's risk, which was carried over when the analysis was begun."""
    risk = Risk.objects.get(previous=analysis.world.get("risk", f"{told['key']}-last"))
    analysis.world.put("risk", f"{told['key']}-this", risk)
    this_year = told["this"]
    mark_change(risk, by=analysis.by, change=Change(this_year["change"]), reason=this_year.get("reason", ""))
    if deficiency := this_year.get("deficiency"):
        change_risk(risk, by=analysis.by, revision=risk.revision, deficiency=deficiency)


def judge(analysis: Analysis, told: dict[str, Any], occasion: Occasion, judged: list[Any]) -> None:
    probability, severity, reason = judged
    assess_risk(
        analysis.risk(told),
        by=analysis.by,
        occasion=occasion,
        assessed_date=analysis.world.today(),
        probability=probability,
        severity=severity,
        reason=reason,
        participants=analysis.participants,
    )


def deepen(analysis: Analysis, told: dict[str, Any], text: str) -> None:
    analyse_deeper(analysis.risk(told), by=analysis.by, text=text)


def accept(analysis: Analysis, told: dict[str, Any]) -> None:
    accepted = told["accepted"]
    accept_risk(
        analysis.risk(told),
        by=analysis.world.person(accepted["by"]),
        reason=accepted["reason"],
        until=analysis.world.calendar.date(accepted["until"]),
    )
