"""The line of a unit's measurements, when there are enough of them for one."""

from dataclasses import dataclass
from typing import Final

from django.utils.dates import MONTHS_3
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hjulet.base.charts.line import LineChart, LineWords, Point, figure
from hjulet.base.documents.html import render_picture
from hjulet.base.documents.tones import ToneName
from hjulet.monitoring.indicators.models import Indicator
from hjulet.monitoring.indicators.outcomes import ends_of, interval_of, target_in_words
from hjulet.monitoring.indicators.pages import IndicatorPage, Row, Series
from hjulet.monitoring.indicators.scales import IndicatorKind
from hjulet.statistics.targets import Status

TONES: Final[dict[Status, ToneName]] = {Status.MET: "green", Status.NOT_MET: "red"}


@dataclass(frozen=True)
class Drawn:
    """A unit's measurements with their picture; the table beside it says the same."""

    series: Series
    picture: SafeString | str


def pictures_of(page: IndicatorPage) -> list[Drawn]:
    return [Drawn(series, picture_of(page.indicator, series)) for series in page.series]


def picture_of(indicator: Indicator, series: Series) -> SafeString | str:
    """Empty while there are too few measurements, or too few that may be shown."""
    rows = [row for row in series.rows if row.outcome or not row.is_waiting]
    if not series.has_line or not any(row.outcome and row.outcome.figure for row in rows):
        return ""
    return render_picture(figure(chart_of(indicator, series, rows)))


def chart_of(indicator: Indicator, series: Series, rows: list[Row]) -> LineChart:
    names = {"indicator": indicator.name, "unit": series.unit.name}
    least, most = bounds_of(indicator)
    return LineChart(
        title=_("%(indicator)s, %(unit)s") % names,
        description=_("Mätningarna i tidsordning. Samma siffror står i tabellen under bilden."),
        points=tuple(map(point_of, rows)),
        words=LineWords(
            period=_("Period"), value=_("Mätvärde"), margin=_("Felmarginal"), target=_("Mål"), verdict=_("Utfall")
        ),
        least=least,
        most=most,
    )


def point_of(row: Row) -> Point:
    measurement, outcome = row.measurement, row.outcome
    start, end = measurement.period_start, measurement.period_end
    short = str(end.year) if (start.month, end.month) == (1, 12) else f"{MONTHS_3[end.month]} {end:%y}"
    said = outcome.words if outcome else str(measurement.get_state_display())
    if outcome is None or not outcome.figure or measurement.figure is None:
        return Point(measurement.period, short, None, "", said)
    value = float(measurement.figure)
    interval = interval_of(measurement, value) if outcome.margin else None
    return Point(
        name=measurement.period,
        short=short,
        value=value,
        said=outcome.figure,
        word=said,
        tone=TONES.get(outcome.status, "neutral"),
        lower=interval.lower if interval else None,
        upper=interval.upper if interval else None,
        margin=outcome.margin,
        aims=tuple(float(aim) for aim in ends_of(measurement.target)) if measurement.target else (),
        aim=target_in_words(measurement.target) if measurement.target else "",
    )


def bounds_of(indicator: Indicator) -> tuple[float | None, float | None]:
    """Beyond which no figure of the kind can lie."""
    if indicator.kind in {IndicatorKind.SHARE, IndicatorKind.INDEX}:
        return 0.0, 100.0
    if indicator.kind == IndicatorKind.MEAN:
        return 1.0, float(indicator.scale_steps or 1)
    return (0.0, None) if indicator.kind in {IndicatorKind.COUNT, IndicatorKind.TIME} else (None, None)
