"""A ring of sectors, each with how far it has come: the shape of a year that goes round."""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from hjulet.base.charts import svg
from hjulet.base.documents.model import Cell, Column, Figure, Row, Table
from hjulet.base.documents.tones import TONES, ToneName


@dataclass(frozen=True, slots=True)
class Sector:
    """`done` is a share from 0 to 1; None says that nobody knows, which is not the same as 0.

    `breaks` counts what has come apart and must be mended. `text` says more than fits in the picture.
    """

    title: str
    done: float | None
    status: str
    text: str = ""
    tone: ToneName = "neutral"
    breaks: int = 0
    href: str = ""


@dataclass(frozen=True, slots=True)
class RingWords:
    """`missing` stands where a share is not known; the rest head the columns of the table."""

    missing: str
    sector: str
    done: str
    status: str
    breaks: str
    text: str


@dataclass(frozen=True, slots=True)
class Ring:
    """Two to six sectors, clockwise; the first ends at the top, where a reader begins."""

    title: str
    description: str
    sectors: tuple[Sector, ...]
    words: RingWords

    def __post_init__(self) -> None:
        if not 2 <= len(self.sectors) <= 6:
            raise ValueError(f"A ring has two to six sectors, not {len(self.sectors)}.")
        for sector in self.sectors:
            if sector.done is not None and not 0 <= sector.done <= 1:
                raise ValueError(f"The share done of {sector.title} is from 0 to 1, not {sector.done}.")
            if sector.breaks < 0 or sector.tone not in TONES:
                raise ValueError(f"{sector.title} has a known tone and breaks counted from 0 upwards.")


def draw(ring: Ring) -> str:
    """The ring as SVG, each sector a link when it has an address."""
    return svg.picture(
        *(_sector(ring, index) for index in range(len(ring.sectors))),
        width=_SIZE,
        height=_SIZE,
        title=ring.title,
        description=ring.description,
        has_links=any(sector.href for sector in ring.sectors),
    )


def as_table(ring: Ring) -> Table:
    """The same figures, one sector a row; columns of texts and breaks only when there are any."""
    words = ring.words
    has_text = any(sector.text for sector in ring.sectors)
    headings = [words.sector, words.done, words.status, words.breaks, *([words.text] if has_text else [])]
    columns = [Column(2), Column(1, "end"), Column(2), Column(1, "end"), *([Column(4)] if has_text else [])]
    rows = (
        Row(
            (
                Cell(sector.title, header=True),
                _share(ring, sector),
                Cell(sector.status, tone=sector.tone),
                str(sector.breaks),
                *([sector.text] if has_text else []),
            )
        )
        for sector in ring.sectors
    )
    return Table(ring.title, tuple(columns), (Row(tuple(headings)),), tuple(rows))


@svg.kept
def figure(ring: Ring, *, width: float = 0.6) -> Figure:
    """The ring ready for a document."""
    return Figure(draw(ring), ring.title, ring.description, as_table(ring), width)


# Units of the view box, so that the smallest text (14) is 12 px high at 320 px.
_SIZE: Final = 360
_CENTRE: Final = _SIZE / 2
_RADIUS: Final = 160
_THICK: Final = 24
_GAP: Final = 0.05
#: Seen at 3:1 or better on white and on the dark page alike.
PROGRESS: Final = "#3b7fc4"


def _sector(ring: Ring, index: int) -> str:
    sector = ring.sectors[index]
    turn = 2 * pi / len(ring.sectors)
    start = -pi / 2 + (index - 1) * turn + _GAP
    end = start + turn - 2 * _GAP
    shape = [
        svg.tag("path", d=f"{_arc(start, end)} L{_CENTRE} {_CENTRE} Z", fill="currentColor", fill_opacity=0),
        _track(sector, start, end),
    ]
    if sector.done:
        shape.append(_band(start, start + (end - start) * sector.done, stroke=PROGRESS))
    shape.append(_arrowhead(end))
    middle = (start + end) / 2
    inwards = -76 if len(ring.sectors) <= 4 else -62
    shape.append(_words(ring, sector, *_on_ring(middle, inwards)))
    if sector.breaks:
        shape.append(_badge(sector, middle))
    return svg.link(*shape, href=sector.href, label=_label(ring, sector))


def _track(sector: Sector, start: float, end: float) -> str:
    if sector.done is None:
        return _band(start, end, stroke="currentColor", stroke_width=2, stroke_dasharray="6 6")
    return _band(start, end, stroke="currentColor", stroke_opacity=0.16)


def _band(start: float, end: float, **look: object) -> str:
    return svg.tag("path", d=_arc(start, end), fill="none", **({"stroke_width": _THICK} | look))


def _arc(start: float, end: float) -> str:
    (x1, y1), (x2, y2) = _on_ring(start), _on_ring(end)
    return f"M{x1:.2f} {y1:.2f} A{_RADIUS} {_RADIUS} 0 {int(end - start > pi)} 1 {x2:.2f} {y2:.2f}"


def _arrowhead(end: float) -> str:
    """In the gap after the sector, to show which way the ring goes round."""
    tip, low, high = _on_ring(end + 0.075), _on_ring(end + 0.02, -9), _on_ring(end + 0.02, 9)
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in (low, tip, high))
    return svg.tag("polyline", points=points, fill="none", stroke="currentColor", stroke_width=2)


def _words(ring: Ring, sector: Sector, x: float, y: float) -> str:
    room = 116 if len(ring.sectors) <= 4 else 80
    tone = TONES[sector.tone]
    status = svg.fold(sector.status, width=room - 16, size=14, most=1)[0]
    pill = svg.measure(status, size=14) + 28
    return "".join(
        (
            svg.lines(sector.title, x, y - 30, width=room, size=16, most=2, font_weight=svg.BOLD, text_anchor="middle"),
            svg.text(
                _share(ring, sector),
                x,
                y + 2,
                size=16 if sector.done is None else 24,
                text_anchor="middle",
            ),
            svg.tag("rect", x=x - pill / 2, y=y + 12, width=pill, height=22, rx=11, fill=tone.fill, stroke=tone.edge),
            svg.mark(sector.tone, x - pill / 2 + 12, y + 23, size=8, fill=tone.edge),
            svg.text(status, x + 7, y + 28, size=14, fill=tone.ink, text_anchor="middle"),
        )
    )


def _badge(sector: Sector, angle: float) -> str:
    """On the ring: a warning sign with how many breaks there are."""
    x, y = _on_ring(angle)
    tone = TONES["red"]
    return "".join(
        (
            svg.tag("circle", cx=x, cy=y, r=15, fill=tone.fill, stroke=tone.edge, stroke_width=2),
            svg.text(f"!{sector.breaks}", x, y + 5, size=14, fill=tone.ink, font_weight=svg.BOLD, text_anchor="middle"),
        )
    )


def _label(ring: Ring, sector: Sector) -> str:
    breaks = f", {ring.words.breaks.lower()}: {sector.breaks}" if sector.breaks else ""
    return f"{sector.title}: {_share(ring, sector)}, {sector.status}{breaks}"


def _share(ring: Ring, sector: Sector) -> str:
    """Whole percent; 100 is said only when all is done, and 0 only when nothing is."""
    if sector.done is None:
        return ring.words.missing
    percent = round(sector.done * 100)
    if 0 < sector.done < 1:
        percent = min(max(percent, 1), 99)
    return f"{percent}\N{NO-BREAK SPACE}%"


def _on_ring(angle: float, outwards: float = 0) -> tuple[float, float]:
    return _CENTRE + (_RADIUS + outwards) * cos(angle), _CENTRE + (_RADIUS + outwards) * sin(angle)
