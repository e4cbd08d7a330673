"""The matrix as a picture and in words, from numbers alone: nothing here reads the database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.charts.heat_grid import Axis as GridAxis
from hjulet.base.charts.heat_grid import GridCell, GridWords, HeatGrid, Movement, Step
from hjulet.planning.risk_matrix.models import SCALE, Axis, MatrixBand

Pair = tuple[int, int]

# More arrows than these hide the grid, more sentences are not read.
MOST_ARROWS = 8
MOST_SENTENCES = 10


@dataclass(frozen=True)
class Standing:
    """How many risks stand where, by (probability, severity).

    `moved` counts by (from, to) those whose latest assessment differs from the one before it. `gone` tells where
    those that are gone since last year stood; `cells`, `new`, `moved` and `unassessed` leave them out.
    """

    cells: Counter[Pair] = field(default_factory=Counter)
    new: Counter[Pair] = field(default_factory=Counter)
    gone: Counter[Pair] = field(default_factory=Counter)
    moved: Counter[tuple[Pair, Pair]] = field(default_factory=Counter)
    unassessed: int = 0

    @property
    def total(self) -> int:
        return self.cells.total() + self.unassessed


def picture_of(
    standing: Standing,
    *,
    title: str,
    bands: Mapping[Pair, MatrixBand],
    names: Mapping[tuple[str, int], str],
    risk_list: str = "",
) -> HeatGrid:
    """`bands` and `names` are those of the matrix; `risk_list` is an address with a query that the cells add to."""
    return HeatGrid(
        title=title,
        description=in_words(standing, bands),
        horizontal=axis(Axis.SEVERITY, names),
        vertical=axis(Axis.PROBABILITY, names),
        cells=tuple(cell(pair, band, standing.cells[pair], risk_list) for pair, band in bands.items()),
        words=GridWords(things=_("st"), new=_("nya i år"), gone=_("borta i år"), moved=_("flyttade")),
        movements=tuple(movements(standing)),
    )


def in_words(standing: Standing, bands: Mapping[Pair, MatrixBand]) -> str:
    """How many risks there are on each level, the highest first, and how they have moved."""
    by_band: Counter[MatrixBand] = Counter()
    for pair, band in bands.items():
        by_band[band] += standing.cells[pair]
    levels = ", ".join(f"{band.name} {by_band[band]}" for band in sorted(by_band, key=lambda b: b.order, reverse=True))
    total = ngettext("%(n)s risk: %(levels)s.", "%(n)s risker: %(levels)s.", standing.total) % {
        "n": standing.total,
        "levels": levels,
    }
    waiting = [unassessed_in_words(standing.unassessed)] if standing.unassessed else []
    return " ".join([total, *waiting, *moves_in_words(standing)])


def unassessed_in_words(count: int) -> str:
    return ngettext("%(n)s är inte bedömd.", "%(n)s är inte bedömda.", count) % {"n": count}


def moves_in_words(standing: Standing) -> list[str]:
    """From score to score with an arrow, the most common move first, and how many there were beside those told."""
    by_score: Counter[Pair] = Counter()
    for (before, now), count in standing.moved.items():
        by_score[score(before), score(now)] += count
    common = sorted(by_score.items(), key=lambda item: (-item[1], item[0]))
    told = [move_in_words(*scores, count) for scores, count in common[:MOST_SENTENCES]]
    if rest := sum(count for _scores, count in common[MOST_SENTENCES:]):
        told.append(ngettext("%(n)s annan risk har flyttat.", "%(n)s andra risker har flyttat.", rest) % {"n": rest})
    return told


def move_in_words(before: int, now: int, count: int) -> str:
    return ngettext(
        "%(arrow)s %(n)s risk har flyttat från %(from)s till %(to)s.",
        "%(arrow)s %(n)s risker har flyttat från %(from)s till %(to)s.",
        count,
    ) % {"arrow": arrow(before, now), "n": count, "from": before, "to": now}


def arrow(before: int, now: int) -> str:
    return "↓" if now < before else "↑" if now > before else "→"


def score(pair: Pair) -> int:
    return pair[0] * pair[1]


def movements(standing: Standing) -> Sequence[Movement]:
    """The most common moves, and all that is new or gone."""
    moved = sorted(standing.moved.items(), key=lambda item: (-item[1], item[0]))[:MOST_ARROWS]
    return [
        *(Movement(place(before), place(now), count) for (before, now), count in moved),
        *(Movement(None, place(pair), count) for pair, count in sorted(standing.new.items())),
        *(Movement(place(pair), None, count) for pair, count in sorted(standing.gone.items())),
    ]


def place(pair: Pair) -> tuple[int, int]:
    """Column and row of the grid, from 0 at the low end."""
    probability, severity = pair
    return severity - 1, probability - 1


def axis(which: Axis, names: Mapping[tuple[str, int], str]) -> GridAxis:
    steps = tuple(Step(str(value), names[which, value]) for value in SCALE)
    return GridAxis(str(which.label), steps)


def cell(pair: Pair, band: MatrixBand, count: int, risk_list: str) -> GridCell:
    probability, severity = pair
    column, row = place(pair)
    href = f"{risk_list}&probability={probability}&severity={severity}" if risk_list else ""
    return GridCell(column, row, band.tone, band.name, str(score(pair)), count, href)
