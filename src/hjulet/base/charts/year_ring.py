"""The twelve months of a year as a ring, with a mark in its month for each thing that is to be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from hjulet.base.charts import svg
from hjulet.base.documents.model import Cell, Column, Figure, Row, Table
from hjulet.base.documents.tones import TONES, ToneName


@dataclass(frozen=True, slots=True)
class Kind:
    """How a thing stands: a shape and a colour for the tone, and the word that says the same."""

    tone: ToneName
    word: str


@dataclass(frozen=True, slots=True)
class Month:
    """`counts` says how many things stand in each kind, in the order of the ring's kinds."""

    name: str
    short: str
    counts: tuple[int, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class YearWords:
    """What heads the columns of the table, what a month without things is, and what the line says."""

    month: str
    total: str
    nothing: str
    today: str


@dataclass(frozen=True, slots=True)
class YearRing:
    """January begins at the top and the year goes clockwise. The first kind is drawn first, so it is never left out.

    `today` is how much of the year has gone, from 0 to 1; None in a year that is not this one.
    """

    title: str
    description: str
    centre: str
    kinds: tuple[Kind, ...]
    months: tuple[Month, ...]
    words: YearWords
    today: float | None = None

    def __post_init__(self) -> None:
        if len(self.months) != 12:
            raise ValueError(f"A year has twelve months, not {len(self.months)}.")
        shapes = [_SHAPE_OF.get(kind.tone, "square") for kind in self.kinds]
        if not self.kinds or len(set(shapes)) < len(shapes) or any(kind.tone not in TONES for kind in self.kinds):
            raise ValueError("Each kind has a known tone with a shape of its own.")
        for month in self.months:
            if len(month.counts) != len(self.kinds) or min(month.counts) < 0:
                raise ValueError(f"{month.name} has a count from 0 upwards for each kind.")
        if self.today is not None and not 0 <= self.today <= 1:
            raise ValueError(f"Today is from 0 to 1 in the year, not {self.today}.")


def draw(ring: YearRing) -> str:
    """The ring as SVG, each month a link when it has an address."""
    return svg.picture(
        *(_month(ring, index) for index in range(12)),
        svg.text(ring.centre, _CENTRE, _CENTRE + 10, size=30, font_weight=svg.BOLD, text_anchor="middle"),
        *(() if ring.today is None else (_line_of_today(ring.today),)),
        *_legend(ring),
        width=_SIZE,
        height=_SIZE + _LINE * len(_legend_rows(ring)) + 8,
        title=ring.title,
        description=ring.description,
        has_links=any(month.href for month in ring.months),
    )


def as_table(ring: YearRing) -> Table:
    """The same figures, a month a row."""
    headings = (ring.words.month, *(kind.word for kind in ring.kinds), ring.words.total)
    columns = (Column(2), *(Column(1.2, "end") for _ in ring.kinds), Column(1, "end"))
    rows = (
        Row((Cell(month.name, header=True), *map(str, month.counts), str(sum(month.counts)))) for month in ring.months
    )
    return Table(ring.title, columns, (Row(headings),), tuple(rows))


@svg.kept
def figure(ring: YearRing, *, width: float = 0.7) -> Figure:
    """The ring ready for a document."""
    return Figure(draw(ring), ring.title, ring.description, as_table(ring), width)


# Units of the view box, so that the smallest text (15) is 12 px high at 320 px.
_SIZE: Final = 400
_CENTRE: Final = _SIZE / 2
_RIM: Final = 196
_BAND: Final = 164
_HUB: Final = 66
_MARK: Final = 9
_DISC: Final = 8.5
_LINE: Final = 26
#: How far out each row of marks lies, and how many it holds in a month.
_ROWS: Final = ((149, 4), (130, 3), (111, 3), (92, 2))
_ROOM: Final = sum(places for _, places in _ROWS)
_TURN: Final = 2 * pi / 12
#: The shape that `svg.mark` gives a tone; the rest are squares.
_SHAPE_OF: Final = {"green": "circle", "yellow": "triangle", "red": "diamond"}


def _month(ring: YearRing, index: int) -> str:
    month = ring.months[index]
    start = index * _TURN
    name = _at(start + _TURN / 2, (_RIM + _BAND) / 2)
    return svg.link(
        svg.tag("path", d=_sector(start, start + _TURN), fill="currentColor", fill_opacity=0.04 if index % 2 else 0),
        svg.tag("path", d=_sector(start, start + _TURN), fill="none", stroke="currentColor", stroke_opacity=0.35),
        svg.text(month.short, name[0], name[1] + 5, size=15, text_anchor="middle"),
        *_marks(ring, month, start),
        href=month.href,
        label=_label(ring, month),
    )


def _marks(ring: YearRing, month: Month, start: float) -> Iterator[str]:
    """One for each thing as long as there is room; the last place then says how many more there are."""
    tones = [kind.tone for kind, count in zip(ring.kinds, month.counts, strict=True) for _ in range(count)]
    shown = tones if len(tones) <= _ROOM else tones[: _ROOM - 1]
    places = list(_places(start))
    for tone, (x, y) in zip(shown, places, strict=False):
        yield _mark(tone, x, y)
    if more := len(tones) - len(shown):
        x, y = places[-1]
        yield svg.text(f"+{more}", x, y + 5, size=15, font_weight=svg.BOLD, text_anchor="middle")


def _places(start: float) -> Iterator[tuple[float, float]]:
    for radius, count in _ROWS:
        for place in range(count):
            yield _at(start + _TURN * (place + 0.5) / count, radius)


def _mark(tone: str, x: float, y: float) -> str:
    """The shape on a disc of its own, so that it is seen on a light page and on a dark one alike."""
    look = TONES[tone]
    disc = svg.tag("circle", cx=x, cy=y, r=_DISC, fill=look.fill, stroke=look.edge, stroke_width=1)
    return disc + svg.mark(tone, x, y, size=_MARK, fill=look.edge)


def _line_of_today(gone: float) -> str:
    (x1, y1), (x2, y2) = _at(2 * pi * gone, _HUB - 8), _at(2 * pi * gone, _RIM + 3)
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return svg.tag("line", **ends, stroke="currentColor", stroke_width=2.5, stroke_dasharray="7 4")


def _legend(ring: YearRing) -> Iterator[str]:
    for number, row in enumerate(_legend_rows(ring)):
        y = _SIZE + 8 + _LINE * number + 10
        for column, (tone, word) in enumerate(row):
            x = 14 + column * _SIZE / 2
            yield _sign(tone, x, y)
            yield svg.text(word, x + 18, y + 5, size=15)


def _sign(tone: str, x: float, y: float) -> str:
    if tone:
        return _mark(tone, x, y)
    return svg.tag(
        "line", x1=x - 9, y1=y, x2=x + 9, y2=y, stroke="currentColor", stroke_width=2.5, stroke_dasharray="7 4"
    )


def _legend_rows(ring: YearRing) -> list[list[tuple[str, str]]]:
    """Two signs a row: the kinds, and the line when there is one."""
    signs = [(str(kind.tone), kind.word) for kind in ring.kinds]
    signs += [("", ring.words.today)] if ring.today is not None else []
    return [signs[first : first + 2] for first in range(0, len(signs), 2)]


def _label(ring: YearRing, month: Month) -> str:
    said = [f"{kind.word.lower()} {count}" for kind, count in zip(ring.kinds, month.counts, strict=True) if count]
    return f"{month.name}: {', '.join(said) or ring.words.nothing}"


def _sector(start: float, end: float) -> str:
    (x1, y1), (x2, y2) = _at(start, _RIM), _at(end, _RIM)
    (x3, y3), (x4, y4) = _at(end, _HUB), _at(start, _HUB)
    return (
        f"M{x1:.2f} {y1:.2f} A{_RIM} {_RIM} 0 0 1 {x2:.2f} {y2:.2f}"
        f" L{x3:.2f} {y3:.2f} A{_HUB} {_HUB} 0 0 0 {x4:.2f} {y4:.2f} Z"
    )


def _at(angle: float, radius: float) -> tuple[float, float]:
    """Where an angle clockwise from the top lies."""
    return _CENTRE + radius * sin(angle), _CENTRE - radius * cos(angle)
