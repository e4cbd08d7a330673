"""A grid of cells from low to high along two axes, with how many things stand in each and how they have moved."""

from collections import Counter
from dataclasses import dataclass
from math import hypot
from typing import Final

from hjulet.base.charts import svg
from hjulet.base.charts.arrow import Arrow
from hjulet.base.documents.model import Cell, Column, Figure, Row, Table
from hjulet.base.documents.tones import TONES, ToneName

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an axis: its value and its word, as in 3, "Sannolik"."""

    value: str
    word: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The steps from low to high; the horizontal axis runs to the right, the vertical one upwards."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """`column` and `row` count from 0 at the low end. `count` is a number of things, `score` what the cell is worth."""

    column: int
    row: int
    tone: ToneName
    word: str
    score: str
    count: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """`count` things went from one cell (column, row) to another; from None they are new, to None they are gone."""

    start: Place | None
    end: Place | None
    count: int


@dataclass(frozen=True, slots=True)
class GridWords:
    """What the picture says beside its numbers: the plural of the things, and what became of them."""

    things: str
    new: str
    gone: str
    moved: str


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """Every cell of the grid is given exactly once; ValueError says which one is not."""

    title: str
    description: str
    horizontal: Axis
    vertical: Axis
    cells: tuple[GridCell, ...]
    words: GridWords
    movements: tuple[Movement, ...] = ()

    def __post_init__(self) -> None:
        columns, rows = len(self.horizontal.steps), len(self.vertical.steps)
        if columns < 2 or rows < 2:
            raise ValueError("Each axis of a grid has at least two steps.")
        given = Counter((cell.column, cell.row) for cell in self.cells)
        wanted = {(column, row) for column in range(columns) for row in range(rows)}
        for column, row in sorted(wanted ^ given.keys() | {place for place in given if given[place] > 1}):
            raise ValueError(f"The cell in column {column}, row {row} is not given exactly once.")
        for cell in self.cells:
            if cell.tone not in TONES or not cell.word or cell.count < 0:
                raise ValueError("A cell has a known tone, a word for it and a count from 0 upwards.")
        for movement in self.movements:
            ends = {movement.start, movement.end} - {None}
            if movement.count < 1 or movement.start == movement.end or not ends <= wanted:
                raise ValueError("A movement has a count from 1 upwards and leads between two cells of the grid.")


def draw(grid: HeatGrid) -> str:
    """The grid as SVG, with a link per cell that has an address and an arrow per movement.

    The arrows go over the boxes and under the words, and their numbers stand between the cells: nothing is hidden.
    """
    cells = sorted(grid.cells, key=lambda cell: (-cell.row, cell.column))
    arrows = [_arrow(grid, m.start, m.end, m.count) for m in grid.movements if m.start and m.end]
    return svg.picture(
        _axes(grid),
        *(_box(grid, cell) for cell in cells),
        *(arrow.line() for arrow in arrows),
        *(_cell(grid, cell) for cell in cells),
        *(arrow.label() for arrow in arrows),
        *(_legend(grid) if grid.movements else ()),
        width=_LEFT + _WIDTH * len(grid.horizontal.steps) + 2,
        height=_floor(grid) + _BOTTOM + (_LEGEND if grid.movements else 0),
        title=grid.title,
        description=grid.description,
        has_links=any(cell.href for cell in grid.cells),
    )


def as_table(grid: HeatGrid) -> Table:
    """The same figures in rows and columns, the highest row first as in the picture."""
    cells = {(cell.column, cell.row): Cell(_said(grid, cell), tone=cell.tone) for cell in grid.cells}
    rows = (
        Row((Cell(f"{step.value} {step.word}", header=True), *(cells[at] for at in _line(grid, row))))
        for row, step in reversed(list(enumerate(grid.vertical.steps)))
    )
    top = Row(
        (
            Cell(grid.vertical.title, rowspan=2),
            Cell(grid.horizontal.title, colspan=len(grid.horizontal.steps)),
        )
    )
    steps = Row(tuple(f"{step.value} {step.word}" for step in grid.horizontal.steps))
    columns = (Column(1.2), *(Column() for _ in grid.horizontal.steps))
    return Table(grid.title, columns, (top, steps), tuple(rows))


@svg.kept
def figure(grid: HeatGrid, *, width: float = 0.8) -> Figure:
    """The grid ready for a document."""
    return Figure(draw(grid), grid.title, grid.description, as_table(grid), width)


# Units of the view box. Four columns make 372 of them, so that the smallest text (13) is 11 px high at 320 px.
_LEFT: Final = 74
_TOP: Final = 26
_WIDTH: Final = 74
_HEIGHT: Final = 84
_MIDDLE: Final = 33  # down from the top of a cell: beside its count, where no word is
_BESIDE: Final = 20  # from the middle of a cell to where an arrow along the row begins and ends
_GAP: Final = 26  # between the rows, for the numbers of the arrows
_BOTTOM: Final = 66
_LEGEND: Final = 24
_SMALL: Final = 13


def _line(grid: HeatGrid, row: int) -> list[Place]:
    return [(column, row) for column in range(len(grid.horizontal.steps))]


def _corner(grid: HeatGrid, place: Place) -> tuple[float, float]:
    column, row = place
    return _LEFT + _WIDTH * column, _TOP + (_HEIGHT + _gap(grid)) * (len(grid.vertical.steps) - 1 - row)


def _floor(grid: HeatGrid) -> float:
    """How far down the lowest row reaches."""
    return _corner(grid, (0, 0))[1] + _HEIGHT


def _gap(grid: HeatGrid) -> int:
    return _GAP if any(movement.start and movement.end for movement in grid.movements) else 0


def _axes(grid: HeatGrid) -> str:
    right = _LEFT + _WIDTH * len(grid.horizontal.steps)
    bottom = _floor(grid)
    drawn = [
        svg.text(f"↑ {grid.vertical.title}", 2, 15, size=14, font_weight=svg.BOLD),
        svg.text(f"{grid.horizontal.title} →", right, bottom + 60, size=14, font_weight=svg.BOLD, text_anchor="end"),
    ]
    for row, step in enumerate(grid.vertical.steps):
        _, y = _corner(grid, (0, row))
        middle = y + _HEIGHT / 2
        drawn.append(svg.text(step.value, _LEFT - 8, middle - 12, size=15, font_weight=svg.BOLD, text_anchor="end"))
        drawn.append(svg.lines(step.word, _LEFT - 8, middle + 10, width=_LEFT - 10, most=2, text_anchor="end"))
    for column, step in enumerate(grid.horizontal.steps):
        middle = _LEFT + _WIDTH * (column + 0.5)
        drawn.append(svg.text(step.value, middle, bottom + 16, size=15, font_weight=svg.BOLD, text_anchor="middle"))
        drawn.append(svg.lines(step.word, middle, bottom + 32, width=_WIDTH - 4, most=2, text_anchor="middle"))
    return "".join(drawn)


def _box(grid: HeatGrid, cell: GridCell) -> str:
    tone = TONES[cell.tone]
    return svg.tag("rect", **_frame(grid, cell), fill=tone.fill, stroke=tone.edge)


def _frame(grid: HeatGrid, cell: GridCell) -> dict[str, float]:
    x, y = _corner(grid, (cell.column, cell.row))
    return {"x": x + 1.5, "y": y + 1.5, "width": _WIDTH - 3, "height": _HEIGHT - 3, "rx": 5}


def _cell(grid: HeatGrid, cell: GridCell) -> str:
    """What stands in the box, with the whole of the box to press."""
    tone = TONES[cell.tone]
    x, y = _corner(grid, (cell.column, cell.row))
    is_empty = cell.count == 0
    # The rim of a letter has the colour of the box: it lifts the words off an arrow beneath.
    ink = {"fill": tone.ink, "stroke": tone.fill, "stroke_width": 3, "paint_order": "stroke"}
    return svg.link(
        svg.tag("rect", **_frame(grid, cell), fill_opacity=0),
        svg.mark(cell.tone, x + 13, y + 14, size=9, fill=tone.edge),
        svg.text(cell.score, x + _WIDTH - 9, y + 19, text_anchor="end", **ink),
        svg.text(
            cell.count,
            x + _WIDTH / 2,
            y + 43,
            size=16 if is_empty else 24,
            font_weight=None if is_empty else svg.BOLD,
            text_anchor="middle",
            **ink,
        ),
        *_word(cell.word, x + 7, y + _HEIGHT - 9, ink),
        svg.text(_comings_and_goings(grid, cell), x + _WIDTH / 2 - 3, y + 19, text_anchor="middle", **ink),
        href=cell.href,
        label=f"{_name(grid, (cell.column, cell.row))}: {_said(grid, cell)}",
    )


def _word(word: str, x: float, low: float, ink: dict) -> list[str]:
    """The name of the level at the foot of its cell, in two lines when it needs them."""
    folded = svg.fold(word, width=_WIDTH - 12, size=_SMALL, most=2)
    return [svg.text(line, x, low - _SMALL * above, **ink) for above, line in enumerate(reversed(folded))]


def _arrow(grid: HeatGrid, start: Place, end: Place, count: int) -> Arrow:
    """From cell to cell, a little to the right of the straight line so that the way back does not hide it.

    The number stands where the arrow leaves the row it comes from, or the column when it stays in the row.
    """
    (x1, y1), (x2, y2) = _middle(grid, start), _middle(grid, end)
    length = hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    if start[1] == end[1]:
        first, last, number = _BESIDE, length - _BESIDE, _WIDTH / 2
    else:
        first, last = _way_out(ux, uy) - 4, length - _way_out(-ux, -uy) + 6
        number = _row_edge(uy) + _GAP / 2 / abs(uy)
    return Arrow(x1 - uy * 10, y1 + ux * 10, ux, uy, first, last, number, count)


def _row_edge(uy: float) -> float:
    """How far it is from the middle of a cell to its lower or upper edge, along a line that falls by `uy`."""
    return (_HEIGHT - _MIDDLE if uy > 0 else _MIDDLE) / abs(uy)


def _way_out(ux: float, uy: float) -> float:
    """How far it is from the middle of a cell to its edge in this direction."""
    return min(_row_edge(uy), _WIDTH / 2 / abs(ux)) if ux else _row_edge(uy)


def _legend(grid: HeatGrid) -> tuple[str, ...]:
    words = grid.words
    y = _floor(grid) + _BOTTOM + 14
    return (svg.text(f"+ {words.new}, \N{MINUS SIGN} {words.gone}, → {words.moved}", 2, y),)


def _middle(grid: HeatGrid, place: Place) -> tuple[float, float]:
    x, y = _corner(grid, place)
    return x + _WIDTH / 2, y + _MIDDLE


def _said(grid: HeatGrid, cell: GridCell) -> str:
    changes = _comings_and_goings(grid, cell)
    return f"{cell.word} {cell.score}: {cell.count} {grid.words.things}" + (f" ({changes})" if changes else "")


def _comings_and_goings(grid: HeatGrid, cell: GridCell) -> str:
    place = (cell.column, cell.row)
    new = sum(movement.count for movement in grid.movements if movement.start is None and movement.end == place)
    gone = sum(movement.count for movement in grid.movements if movement.end is None and movement.start == place)
    return " ".join(filter(None, (f"+{new}" if new else "", f"\N{MINUS SIGN}{gone}" if gone else "")))


def _name(grid: HeatGrid, place: Place) -> str:
    column, row = grid.horizontal.steps[place[0]], grid.vertical.steps[place[1]]
    return f"{grid.vertical.title} {row.value} {row.word}, {grid.horizontal.title.lower()} {column.value} {column.word}"
