"""An indicator and its measurements in a given state, reached by the real operations."""

from datetime import date
from decimal import Decimal

from hjulet.monitoring.indicators import operations
from hjulet.monitoring.indicators.measurements import operations as measurements
from hjulet.monitoring.indicators.states import MeasurementState as S
from hjulet.monitoring.models import Measurement
from tests.monitoring.self_monitoring.walks import every

TODAY = date(2026, 3, 16)

KINDS = {
    "share": {"numerator": "ärenden där barnet har fått tala", "denominator": "ärenden som rör barn"},
    "mean": {"scale_steps": 5},
    "index": {},
    "count": {"measure": "kundval", "smallest": None},
    "time": {"measure": "dagar"},
    "number": {"measure": "kronor"},
}
FIGURES = {
    "share": {"count": 45, "total": 50},
    "mean": {"answers": [1, 2, 5, 20, 22]},
    "index": {"value": Decimal(66), "total": 40},
    "count": {"value": Decimal(2)},
    "time": {"value": Decimal("41.5"), "total": 12},
    "number": {"value": Decimal(512), "total": 30},
}
TARGETS = {"share": "90", "mean": "4", "index": "65", "count": "1", "time": "60", "number": "500"}


def define(by, unit, *, kind="share", months=1, **given):
    """Of a share, monthly from this year, with no target."""
    defaults = {
        "name": "Barnet har fått tala",
        "definition": "Ärenden där handläggaren har träffat barnet.",
        "kind": kind,
        "direction": "higher",
        "frequency": every(months),
        "lag_days": 10,
        "first_valid_date": date(2026, 1, 1),
    }
    return operations.define_indicator(by=by, unit=unit, **defaults | KINDS[kind] | given)


def aim_at(indicator, by, value=None, **given):
    """A target from the day the indicator is valid, in its own measure."""
    defaults = {"measure": indicator.measure, "valid_from": indicator.first_valid_date}
    aim = {"value": Decimal(value or TARGETS[indicator.kind])}
    return operations.set_target(indicator, by=by, **defaults | aim | given)


def turn(indicator, place=0, unit=None):
    """The measurement whose turn it is, as a page would load it: the first, or another by its place in time."""
    rows = Measurement.objects.filter(indicator=indicator, **({"unit": unit} if unit else {}))
    return rows.select_related("indicator__unit", "indicator__frequency", "unit").order_by("period_start")[place]


def record(measurement, by, **given):
    figures = {"measured_date": max(measurement.period_start, TODAY)} | FIGURES[measurement.indicator.kind] | given
    return measurements.record_measurement(measurement, by=by, revision=measurement.revision, **figures)


def correct(measurement, by, **given):
    return measurements.correct_measurement(
        measurement, by=by, revision=measurement.revision, **{"reason": "Fel avläst."} | given
    )


def measurement_at(state, by, unit, **given):
    """The first measurement of a fresh indicator, walked to the state by one person."""
    measurement = turn(define(by, unit, **given))
    if state == S.MEASURED:
        record(measurement, by)
    elif state == S.NOT_MEASURED:
        measurements.leave_out(measurement, by=by, reason="Enkäten gick inte ut.")
    assert measurement.state == state
    return measurement


def calendar(indicator):
    """Each measurement as (first day, last day, last day to measure, state), in order of time."""
    rows = indicator.measurements.order_by("period_start", "unit__path")
    return [tuple(map(str, row)) for row in rows.values_list("period_start", "period_end", "due_date", "state")]
