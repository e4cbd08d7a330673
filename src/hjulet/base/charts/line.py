"""A measure over time: a point for each period, a line between those that follow each other, margins and the target."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

from hjulet.base.charts import svg
from hjulet.base.documents.model import Cell, Column, Figure, Row, Table
from hjulet.base.documents.tones import TONES, ToneName


@dataclass(frozen=True, slots=True)
class Point:
    """One period. Without a `value` it was not measured, or may not be shown: the line has a gap there.

    `said` is the value as the page says it, `word` the verdict. `lower` and `upper` are its margin, `aims` the ends of the
    target that held: one, or two of a band.
    """

    name: str
    short: str
    value: float | None
    said: str
    word: str
    tone: ToneName = "neutral"
    lower: float | None = None
    upper: float | None = None
    margin: str = ""
    aims: tuple[float, ...] = ()
    aim: str = ""


@dataclass(frozen=True, slots=True)
class LineWords:
    """What heads the columns of the table, and what the legend says."""

    period: str
    value: str
    margin: str
    target: str
    verdict: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """The points in the order of time. `least` and `most` are the ends that no value can lie beyond, where there are."""

    title: str
    description: str
    points: tuple[Point, ...]
    words: LineWords
    least: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        if not any(point.value is not None for point in self.points):
            raise ValueError("A line needs a point with a value.")
        for point in self.points:
            if point.tone not in TONES or (point.lower is None) != (point.upper is None):
                raise ValueError(f"{point.name} has a known tone and both ends of its margin, or neither.")


def draw(chart: LineChart) -> str:
    """The chart as SVG. Shapes differ with the verdict, so that colour never speaks alone."""
    scale = _Scale.of(chart)
    return svg.picture(
        *_axis(scale),
        *_names(chart, scale),
        *_targets(chart, scale),
        *_margins(chart, scale),
        *_line(chart, scale),
        *_marks(chart, scale),
        *_legend(chart),
        width=_WIDTH,
        height=_FLOOR + _BELOW,
        title=chart.title,
        description=chart.description,
        has_links=False,
    )


def as_table(chart: LineChart) -> Table:
    """The same figures, a period a row."""
    words = chart.words
    heads = Row((words.period, words.value, words.margin, words.target, words.verdict))
    columns = (Column(2), Column(1.4, "end"), Column(1.4, "end"), Column(2), Column(2.4))
    rows = (
        Row((Cell(point.name, header=True), point.said or "–", point.margin or "–", point.aim or "–", point.word))
        for point in chart.points
    )
    return Table(chart.title, columns, (heads,), tuple(rows))


@svg.kept
def figure(chart: LineChart, *, width: float = 0.8) -> Figure:
    """The chart ready for a document."""
    return Figure(draw(chart), chart.title, chart.description, as_table(chart), width)


# Units of the view box, so that the smallest text (14) is 11 px high at 320 px.
_WIDTH: Final = 410
_LEFT: Final = 48
_TOP: Final = 14
_FLOOR: Final = 214
_BELOW: Final = 62
_INSET: Final = 28  # from the sides of the plot to the first and the last point
_MOST_NAMES: Final = 6
_STEPS: Final = 4  # lines across, beside the floor


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    count: int

    @classmethod
    def of(cls, chart: LineChart) -> "_Scale":
        """Room for every value, margin and target, and a little more; never beyond what a value can be."""
        parts = [
            end
            for point in chart.points
            for end in (point.value, point.lower, point.upper, *(point.aims if point.value is not None else ()))
            if end is not None
        ]
        low, high = min(parts), max(parts)
        room = (high - low) * 0.12 or abs(high) * 0.12 or 1.0
        low, high = low - room, high + room
        return cls(
            low if chart.least is None else max(low, chart.least),
            high if chart.most is None else min(high, chart.most),
            len(chart.points),
        )

    def x(self, place: int) -> float:
        between = (_WIDTH - _LEFT - 2 * _INSET) / max(self.count - 1, 1)
        return _LEFT + _INSET + between * place

    def y(self, value: float) -> float:
        return _FLOOR - (value - self.low) / (self.high - self.low) * (_FLOOR - _TOP)

    @property
    def reach(self) -> float:
        """From a point halfway to the next: how far a target's line goes on each side."""
        return (_WIDTH - _LEFT - 2 * _INSET) / max(self.count - 1, 1) / 2


def _axis(scale: _Scale) -> Iterator[str]:
    for step in range(_STEPS + 1):
        value = scale.low + (scale.high - scale.low) * step / _STEPS
        y = scale.y(value)
        yield svg.tag(
            "line",
            x1=_LEFT,
            y1=y,
            x2=_WIDTH - 4,
            y2=y,
            stroke="currentColor",
            stroke_opacity=0.35 if step == 0 else 0.12,
        )
        yield svg.text(_short(value, scale), _LEFT - 6, y + 5, size=14, text_anchor="end")


def _short(value: float, scale: _Scale) -> str:
    """As many decimals as it takes to tell the lines apart."""
    places = 0 if scale.high - scale.low >= 2 * _STEPS else 1 if scale.high - scale.low >= 0.2 * _STEPS else 2
    return f"{value:.{places}f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


def _names(chart: LineChart, scale: _Scale) -> Iterator[str]:
    """Of many only so many as find room, the last one always."""
    every = ceil(len(chart.points) / _MOST_NAMES)
    for place, point in enumerate(chart.points):
        if (len(chart.points) - 1 - place) % every == 0:
            yield svg.text(point.short, scale.x(place), _FLOOR + 20, size=14, text_anchor="middle")


def _targets(chart: LineChart, scale: _Scale) -> Iterator[str]:
    """The target of each period across it, so that one that was changed is seen to be."""
    for place, point in enumerate(chart.points):
        for aim in point.aims if point.value is not None else ():
            ends = {"x1": scale.x(place) - scale.reach, "x2": scale.x(place) + scale.reach}
            y = scale.y(aim)
            yield svg.tag("line", **ends, y1=y, y2=y, stroke="currentColor", stroke_width=2, stroke_dasharray="6 4")


def _margins(chart: LineChart, scale: _Scale) -> Iterator[str]:
    for place, point in enumerate(chart.points):
        if point.lower is not None and point.upper is not None:
            x, low, high = scale.x(place), scale.y(point.lower), scale.y(point.upper)
            path = f"M{x - 5:.2f} {low:.2f} h10 m-5 0 V{high:.2f} m-5 0 h10"
            yield svg.tag("path", d=path, fill="none", stroke="currentColor", stroke_opacity=0.6, stroke_width=1.5)


def _line(chart: LineChart, scale: _Scale) -> Iterator[str]:
    for place, (point, following) in enumerate(pairwise(chart.points)):
        if point.value is not None and following.value is not None:
            yield svg.tag(
                "line",
                x1=scale.x(place),
                y1=scale.y(point.value),
                x2=scale.x(place + 1),
                y2=scale.y(following.value),
                stroke="currentColor",
                stroke_width=2,
            )


def _marks(chart: LineChart, scale: _Scale) -> Iterator[str]:
    """Each on a disc of its own, so that it is seen on a light page and on a dark one alike."""
    for place, point in enumerate(chart.points):
        if point.value is not None:
            look = TONES[point.tone]
            x, y = scale.x(place), scale.y(point.value)
            yield svg.tag(
                "g",
                svg.tag("title", svg.words(f"{point.name}: {point.said}, {point.word}")),
                svg.tag("circle", cx=x, cy=y, r=8, fill=look.fill, stroke=look.edge),
                svg.mark(point.tone, x, y, size=8, fill=look.edge),
            )


def _legend(chart: LineChart) -> Iterator[str]:
    """What the dashes and the bars are, where there are any."""
    y, x = _FLOOR + 46, float(_LEFT)
    dashes = {"stroke": "currentColor", "stroke_width": 2, "stroke_dasharray": "6 4"}
    if any(point.aims and point.value is not None for point in chart.points):
        yield svg.tag("line", x1=x, y1=y, x2=x + 22, y2=y, **dashes)
        yield svg.text(chart.words.target, x + 28, y + 5, size=14)
        x += 44 + svg.measure(chart.words.target, size=14)
    if any(point.lower is not None for point in chart.points):
        path = f"M{x:.2f} {y - 8:.2f} h10 m-5 0 v16 m-5 0 h10"
        yield svg.tag("path", d=path, fill="none", stroke="currentColor", stroke_opacity=0.6, stroke_width=1.5)
        yield svg.text(chart.words.margin, x + 18, y + 5, size=14)
