"""What the pages of one indicator and of one measurement show to one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.statements import beside
from hjulet.base.tables import Tag
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.monitoring.indicators import rules
from hjulet.monitoring.indicators.models import Indicator, IndicatorTarget
from hjulet.monitoring.indicators.outcomes import (
    FEWEST_FOR_A_LINE,
    WORDS,
    Outcome,
    development,
    gate_of,
    is_hidden,
    outcome_of,
    plain,
    target_in_words,
)
from hjulet.monitoring.indicators.parts import Figures, MeasuredValue, Measurement
from hjulet.monitoring.indicators.states import COLORS, WORKFLOW, MeasurementState
from hjulet.organisation.models import Person, Unit
from hjulet.rulebook.models import Process
from hjulet.statistics.targets import Status


@dataclass(frozen=True)
class Row:
    """One measurement in the table of its indicator."""

    measurement: Measurement
    color: str
    is_waiting: bool
    outcome: Outcome | None


@dataclass(frozen=True)
class Series:
    """The measurements of one unit, oldest first, and what may be said of them together."""

    unit: Unit
    rows: list[Row]
    development: list[str]
    standing: Outcome

    @property
    def measured(self) -> list[Row]:
        return [row for row in self.rows if row.outcome]

    @property
    def has_line(self) -> bool:
        return len(self.measured) >= FEWEST_FOR_A_LINE


@dataclass(frozen=True)
class Aim:
    """A target with its time, in words."""

    target: IndicatorTarget
    words: str
    tolerance: str
    is_current: bool


@dataclass(frozen=True)
class IndicatorPage:
    indicator: Indicator
    series: list[Series]
    aims: list[Aim]
    processes: list[Process]
    may_change: bool
    obstacle: str | None
    obstacle_to_target: str | None

    @property
    def aim(self) -> Aim | None:
        """The target that holds today."""
        return next((aim for aim in self.aims if aim.is_current), None)


def standing_of(latest: Iterable[Measurement], day: date | None = None) -> Outcome:
    """How it stands in one unit now, from what `latest_of` finds there, oldest first.

    Where a later period should have been measured, the last figure is told as old: it says nothing of how it is now.
    """
    rows = list(latest)
    measured = [row for row in rows if row.state == MeasurementState.MEASURED]
    if not measured:
        return Outcome(Status.NOT_MEASURED, None, str(WORDS[Status.NOT_MEASURED]), "", "neutral")
    last, newest = measured[-1], rows[-1]
    outcome = outcome_of(last)
    if newest.period_end <= last.period_end:
        return outcome
    if newest.state == MeasurementState.NOT_MEASURED:
        return Outcome(Status.NOT_MEASURED, None, str(WORDS[Status.NOT_MEASURED]), "", "neutral")
    words = _("Inaktuell mätning (%(period)s)") % {"period": last.period}
    return Outcome(Status.NOT_MEASURED, None, words, outcome.figure, "warning")


def standing_now(indicator: Indicator) -> Tag:
    """How it stands now; of several units how many of them reach the target, for there is no figure of them all."""
    by_unit: dict[int, list[Measurement]] = {}
    for measurement in indicator.latest:
        measurement.indicator = indicator
        by_unit.setdefault(measurement.unit_id, []).append(measurement)
    outcomes = [standing_of(rows) for rows in by_unit.values()] or [standing_of([])]
    if len(outcomes) == 1:
        return Tag(outcomes[0].words, outcomes[0].color, outcomes[0].figure)
    met = sum(outcome.status == Status.MET for outcome in outcomes)
    words = {"met": met, "all": len(outcomes)}
    return Tag(
        ngettext("%(met)s av %(all)s enhet når målet", "%(met)s av %(all)s enheter når målet", len(outcomes)) % words
    )


def is_due(measurement: Measurement, day: date) -> bool:
    return measurement.state != MeasurementState.PLANNED or measurement.due_date < day


def indicator_page(person: Person, indicator: Indicator) -> IndicatorPage:
    may_change = rules.may_change(person, indicator)
    visible = Measurement.objects.visible_to(person).filter(indicator=indicator)
    measurements = visible.select_related("unit", "target").order_by("unit__path", "period_start")
    return IndicatorPage(
        indicator=indicator,
        series=series_of(indicator, list(measurements)),
        aims=aims_of(indicator),
        processes=list(indicator.processes.filter(pk__in=Process.objects.visible_to(person).values("pk").order_by())),
        may_change=may_change,
        obstacle=rules.obstacle_to_changing(indicator) if may_change else None,
        obstacle_to_target=rules.obstacle_to_setting_target(indicator) if may_change else None,
    )


def series_of(indicator: Indicator, measurements: list[Measurement]) -> list[Series]:
    by_unit: dict[Unit, list[Measurement]] = {}
    for measurement in measurements:
        measurement.indicator = indicator
        by_unit.setdefault(measurement.unit, []).append(measurement)
    today = timezone.localdate()
    return [
        Series(
            unit=unit,
            rows=[row_of(measurement) for measurement in rows],
            development=development([row for row in rows if row.state == MeasurementState.MEASURED]),
            standing=standing_of(row for row in rows if is_due(row, today)),
        )
        for unit, rows in by_unit.items()
    ]


def row_of(measurement: Measurement) -> Row:
    outcome = outcome_of(measurement) if measurement.state == MeasurementState.MEASURED else None
    return Row(measurement, COLORS[measurement.state], measurement.state == MeasurementState.PLANNED, outcome)


def aims_of(indicator: Indicator) -> list[Aim]:
    """Latest first. What never held is not told: the change log has it."""
    today = timezone.localdate()
    return [
        Aim(
            target,
            target_in_words(target),
            f"± {plain(target.tolerance)}" if target.tolerance else "",
            target.valid_from <= today <= (target.valid_to or today),
        )
        for target in indicator.targets.all()
        if not target.never_held
    ]


@dataclass(frozen=True)
class Entered:
    """What somebody entered at some time, as this person may read it."""

    value: MeasuredValue
    outcome: Outcome
    told: list[tuple[str, str]]


@dataclass(frozen=True)
class MeasurementPage:
    measurement: Measurement
    indicator: Indicator
    color: str
    is_waiting: bool
    outcome: Outcome | None
    aim: str
    told: list[tuple[str, str]]
    spread: list[tuple[int, str]]
    moves: tuple[OpenMove, ...]
    entered: list[Entered]
    history: list[Happening]


def measurement_page(person: Person, measurement: Measurement) -> MeasurementPage:
    may_measure = rules.may_measure(person, measurement)
    moves = WORKFLOW.moves_from(measurement.state) if may_measure else ()
    row = row_of(measurement)
    values = measurement.values.select_related("target")
    for value in values:
        value.measurement = measurement
    return MeasurementPage(
        measurement=measurement,
        indicator=measurement.indicator,
        color=row.color,
        is_waiting=row.is_waiting,
        outcome=row.outcome,
        aim=target_in_words(measurement.target) if measurement.target else "",
        told=told(measurement, exactly=may_measure) if row.outcome else [],
        spread=spread_of(measurement, exactly=may_measure),
        moves=tuple(OpenMove(move, rules.obstacle_to_move(measurement, move.name)) for move in moves),
        entered=[Entered(value, outcome_of(value), told(value, exactly=may_measure)) for value in values][::-1],
        history=history(WORKFLOW, beside(measurement, "steps")),
    )


def told(figures: Figures, *, exactly: bool) -> list[tuple[str, str]]:
    """What was entered, by label; small numbers only `exactly` for those who may see the cases themselves."""
    indicator, gate = figures.indicator, gate_of(figures.indicator)
    hidden = _("visas inte, färre än %(least)d") % {"least": gate.threshold} if gate else ""
    is_small = not exactly and is_hidden(figures)
    numbers = (
        (indicator.numerator or _("Täljare"), figures.count),
        (indicator.denominator or _("Antal som siffran bygger på"), figures.total),
    )
    said = [(label, hidden if is_small else number_format(count)) for label, count in numbers if count is not None]
    if figures.is_census:
        said.append((_("Alla under perioden är räknade"), _("Ja")))
    if share := top_two(figures):
        said.append((_("Andel som svarade något av de två högsta stegen"), hidden if is_small else share))
    return said


def top_two(figures: Figures) -> str:
    """Two units with the same mean can have very different shares of content people: both are told."""
    if not figures.answers:
        return ""
    share = Decimal(sum(figures.answers[-2:])) * 100 / sum(figures.answers)
    return f"{number_format(round(share))} %"


def spread_of(measurement: Measurement, *, exactly: bool) -> list[tuple[int, str]]:
    """How many answered each step; not at all when some step has so few that they could be told.

    To hide only those steps is not enough: the mean and the number beside them give them back.
    """
    if not measurement.answers:
        return []
    gate = gate_of(measurement.indicator)
    few = gate and (not gate.lets_through(sum(measurement.answers)) or any(map(gate.hides, measurement.answers)))
    if few and not exactly:
        return []
    return [(step, number_format(count)) for step, count in enumerate(measurement.answers, 1)]
