from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, locked, operation, require, require_no
from hjulet.monitoring import occasions
from hjulet.monitoring.indicators import rules
from hjulet.monitoring.indicators.figures import NOTHING, RECORDED, require_figures, whole
from hjulet.monitoring.indicators.models import Indicator, MeasuredUnit
from hjulet.monitoring.indicators.parts import MeasuredValue, Measurement
from hjulet.monitoring.indicators.queries import behind, earlier_periods, untouched
from hjulet.monitoring.indicators.states import WORKFLOW, MeasurementState
from hjulet.monitoring.self_monitoring.periods import Period, missing
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate

EMPTY: dict[str, Any] = {**NOTHING, "comment": "", "measured_date": None, "measured_by": None, "target": None}


@operation
def lay_out(indicator: Indicator, *, by: Person, day: date) -> list[str]:
    """Make what is to be measured follow the calendar, in each unit; returns the periods that are new.

    What is measured, left out, missed, commented on or has a history stays, and the rest of the time is cut anew around
    it. What was over when the unit began to be measured is asked of nobody; it can be brought in, period by period.
    """
    standing = Indicator.objects.select_related("frequency").get(pk=indicator.pk)
    places = dict(standing.places.values_list("unit", "since_date")) if standing.is_in_use else {}
    upcoming = untouched(standing, day=day)
    there: dict[int, set[Period]] = {}
    for unit, start, end in standing.measurements.values_list("unit", "period_start", "period_end"):
        there.setdefault(unit, set()).add(Period(start, end))
    kept = {
        unit: periods - {period_of(row) for row in upcoming if row.unit_id == unit} for unit, periods in there.items()
    }
    wanted = {
        (unit, part)
        for unit, since in places.items()
        for part in periods_of(standing, kept.get(unit, set()), since, day)
    }
    lag = timedelta(days=standing.lag_days)
    for row in upcoming:
        if (row.unit_id, period_of(row)) not in wanted or row.due_date != row.period_end + lag:
            row.delete()
        else:
            wanted.discard((row.unit_id, period_of(row)))
    new = sorted(wanted, key=lambda pair: (pair[1], pair[0]))
    Measurement.objects.bulk_create(
        Measurement(
            indicator=standing, unit_id=unit, period_start=part.start, period_end=part.end, due_date=part.end + lag
        )
        for unit, part in new
    )
    return [str(part) for part in dict.fromkeys(f"{part.start}–{part.end}" for _unit, part in new)]


def period_of(row: Measurement) -> Period:
    return Period(row.period_start, row.period_end)


def periods_of(indicator: Indicator, kept: set[Period], since: date, day: date) -> list[Period]:
    """Those still to be laid out around the kept ones, none that was over on `since`."""
    first = indicator.first_valid_date
    last = max(horizon(day), date(first.year, 12, 31))
    return [part for part in missing(indicator.frequency.months, kept, first, last) if part.end >= since]


def horizon(day: date) -> date:
    """The end of next year: as far ahead as measurements are laid out."""
    return date(day.year + 1, 12, 31)


@operation
def create_due_measurements(*, by: Person, day: date) -> int:
    """Lay out what the passing of time has brought within sight of `day`; returns how many periods came.

    Counted from what is there: a month without a clock loses nothing.
    """
    require(by.is_machine)
    count = 0
    for indicator in behind(horizon(day)):
        if periods := lay_out(locked(indicator), by=by, day=day):
            audit.record("indicator.measurements_planned", by=by, target=indicator, after={"periods": periods})
        count += len(periods)
    return count


@operation
def open_period(indicator: Indicator, *, by: Person, unit: Unit, period: Period) -> Measurement:
    """Bring in a period that was over when the indicator was defined, to be measured after the fact."""
    require(rules.may_change(by, indicator))
    require_no(rules.obstacle_to_changing(indicator))
    if period not in earlier_periods(locked(indicator), unit):
        raise ValidationError({"period": _("Den perioden går inte att lägga till.")})
    due = max(period.end + timedelta(days=indicator.lag_days), timezone.localdate())
    measurement = Measurement(
        indicator=indicator, unit=unit, period_start=period.start, period_end=period.end, due_date=due
    )
    measurement.full_clean()
    measurement.save()
    audit.record("measurement.added", by=by, target=measurement, after={"period": measurement.period, "unit": unit})
    return measurement


@operation
def record_measurement(
    measurement: Measurement, *, by: Person, revision: int, measured_date: date, comment: str = "", **figures: Any
) -> Measurement:
    """Enter what was measured, in the fields its kind asks for; ValidationError names the wrong ones."""
    require_move(measurement, "record", by)
    entered = whole(NOTHING | figures) | {"measured_date": measured_date, "comment": comment.strip()}
    require_figures(measurement, entered)
    target = measurement.indicator.targets.on(measurement.period_end).first()
    make_move(measurement, "record", by=by, revision=revision, **entered, target=target, measured_by=by)
    keep(measurement, by=by)
    return measurement


@operation
def correct_measurement(
    measurement: Measurement, *, by: Person, revision: int, reason: str, **entered: Any
) -> Measurement:
    """Put a measurement right; what is not given stays as it was. Judged by the same target as before.

    What it said before stays: every entry is a row of its own that nobody can change.
    """
    require_move(measurement, "correct", by)
    standing = locked(measurement, revision=revision)
    recorded = {name: getattr(standing, name) for name in RECORDED}
    given = whole(without_what_is_counted(standing, recorded) | entered)
    require_figures(standing, given)
    changes = {name: value for name, value in given.items() if recorded[name] != value}
    if not changes:
        raise ValidationError(_("Inget i mätningen är ändrat."))
    make_move(measurement, "correct", by=by, revision=revision, reason=reason, **changes)
    keep(measurement, by=by, reason=reason)
    return measurement


def without_what_is_counted(standing: Measurement, recorded: dict[str, Any]) -> dict[str, Any]:
    """The mean and the number follow of the answers: other answers, other figures."""
    return recorded | {"value": None, "total": None} if standing.answers else recorded


def keep(measurement: Measurement, *, by: Person, reason: str = "") -> None:
    """Write down the figures that stand from now on, beside every one that stood before."""
    MeasuredValue.objects.create(
        measurement=measurement,
        **{name: getattr(measurement, name) for name in RECORDED},
        target=measurement.target,
        reason=reason.strip(),
        by=by,
        by_name=by.signature,
        at=timezone.now(),
    )


@operation
def undo(measurement: Measurement, *, by: Person, reason: str) -> Measurement:
    """It was no measurement after all. What was entered is still to be read in the history."""
    require_move(measurement, "undo", by)
    return make_move(measurement, "undo", by=by, reason=reason, **EMPTY)


@operation
def leave_out(measurement: Measurement, *, by: Person, reason: str) -> Measurement:
    """Say why it is not measured this time: that is not the same as a figure of nothing."""
    require_move(measurement, "leave_out", by)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför det inte är mätt.")})
    return make_move(measurement, "leave_out", by=by, reason=reason, missing_reason=reason.strip())


@operation
def leave_out_many(*, rows: list[Measurement], by: Person, reason: str) -> int:
    """The same reason for several, by the same rules as for one: all of them or none."""
    return for_each(rows, lambda measurement: leave_out(measurement, by=by, reason=reason))


@operation
def restore(measurement: Measurement, *, by: Person, reason: str) -> Measurement:
    require_move(measurement, "restore", by)
    return make_move(measurement, "restore", by=by, reason=reason, missing_reason="")


def require_move(measurement: Measurement, move: str, by: Person) -> None:
    require(rules.may_measure(by, measurement))
    require_no(rules.obstacle_to_move(measurement, move))


def make_move(measurement: Measurement, move: str, *, by: Person, **given: Any) -> Measurement:
    return occasions.make_move(measurement, WORKFLOW, move, called="measurement", by=by, **given)


@operation
def relocate_measured_unit(place: MeasuredUnit, *, by: Person, to: Unit, day: date) -> MeasuredUnit:
    """Where it is measured follows when the unit is reorganised, with what is still to be measured.

    What has been measured was measured where it was. Where the other unit is measured already, that goes on alone.
    """
    waiting = Measurement.objects.filter(
        indicator=place.indicator_id, unit=place.unit_id, state=MeasurementState.PLANNED
    )
    there = Measurement.objects.filter(
        indicator=OuterRef("indicator"),
        unit=to,
        period_start=OuterRef("period_start"),
        period_end=OuterRef("period_end"),
    )
    done = Measurement.objects.filter(indicator=place.indicator_id, unit=place.unit_id).exclude(
        state=MeasurementState.PLANNED
    )
    last_done = done.aggregate(last=Max("period_end"))["last"]
    moving = list(waiting.filter(~Exists(there)).values_list("pk", flat=True))
    Measurement.objects.filter(pk__in=moving).update(unit=to)
    for missed in waiting.filter(due_date__lt=day):
        reason = _("Enheten har gått upp i %(unit)s.") % {"unit": to.name}
        make_move(missed, "leave_out", by=by, reason=reason, missing_reason=reason)
    if MeasuredUnit.objects.filter(indicator=place.indicator_id, unit=to).exists():
        audit.record("measuredunit.merged", by=by, target=place, before={"unit": place.unit}, after={"unit": to})
        place.delete()
    else:
        if last_done:
            place.since_date = max(place.since_date, last_done + timedelta(days=1))
            place.save(update_fields=["since_date"])
        relocate(place, by=by, to=to)
    lay_out(place.indicator, by=by, day=timezone.localdate())
    return place
