"""A grid of cells from low to high along two axes, with how many things stand in each and how they have moved."""

from collections import Counter
from dataclasses import dataclass
from math import hypot
from typing import Final

from hjulet.base.charts import svg
from hjulet.base.documents.model import Cell, Column, Figure, Row, Table
from hjulet.base.documents.tones import INK, PAPER, TONES, ToneName

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
    """The grid as SVG, with a link per cell that has an address and an arrow per movement."""
    low = _BOTTOM + (_LEGEND if grid.movements else 0)
    return svg.picture(
        _axes(grid),
        *(_cell(grid, cell) for cell in sorted(grid.cells, key=lambda cell: (-cell.row, cell.column))),
        *(_arrow(grid, m.start, m.end, m.count) for m in grid.movements if m.start and m.end),
        *(_legend(grid) if grid.movements else ()),
        width=_LEFT + _WIDTH * len(grid.horizontal.steps) + 2,
        height=_TOP + _HEIGHT * len(grid.vertical.steps) + low,
        title=grid.title,
        description=grid.description,
        has_links=any(cell.href for cell in grid.cells),
    )


def as_table(grid: HeatGrid) -> Table:
    """The same figures in rows and columns, the highest row first as in the picture."""
    cells = {(cell.column, cell.row): cell for cell in grid.cells}
    rows = (
        Row((Cell(f"{step.value} {step.word}", header=True), *(_as_cell(grid, cells[at]) for at in _line(grid, row))))
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


def movements_table(grid: HeatGrid, *, caption: str, headings: tuple[str, str, str]) -> Table | None:
    """The movements, one a row: from, to, how many; None when nothing has moved."""
    if not grid.movements:
        return None
    rows = (
        Row(
            (
                _name(grid, movement.start) if movement.start else grid.words.new,
                _name(grid, movement.end) if movement.end else grid.words.gone,
                str(movement.count),
            )
        )
        for movement in grid.movements
    )
    return Table(caption, (Column(3), Column(3), Column(1, "end")), (Row(headings),), tuple(rows))


def figure(grid: HeatGrid, *, width: float = 0.8) -> Figure:
    """The grid ready for a document."""
    return Figure(draw(grid), grid.title, grid.description, as_table(grid), width)


# Units of the view box. Four columns make 372 of them, so that the smallest text (13) is 11 px high at 320 px.
_LEFT: Final = 74
_TOP: Final = 26
_WIDTH: Final = 74
_HEIGHT: Final = 78
_BOTTOM: Final = 66
_LEGEND: Final = 24
_SMALL: Final = 13


def _line(grid: HeatGrid, row: int) -> list[Place]:
    return [(column, row) for column in range(len(grid.horizontal.steps))]


def _corner(grid: HeatGrid, place: Place) -> tuple[float, float]:
    column, row = place
    return _LEFT + _WIDTH * column, _TOP + _HEIGHT * (len(grid.vertical.steps) - 1 - row)


def _axes(grid: HeatGrid) -> str:
    right = _LEFT + _WIDTH * len(grid.horizontal.steps)
    bottom = _TOP + _HEIGHT * len(grid.vertical.steps)
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


def _cell(grid: HeatGrid, cell: GridCell) -> str:
    tone = TONES[cell.tone]
    x, y = _corner(grid, (cell.column, cell.row))
    is_empty = cell.count == 0
    box = svg.tag(
        "rect", x=x + 1.5, y=y + 1.5, width=_WIDTH - 3, height=_HEIGHT - 3, rx=5, fill=tone.fill, stroke=tone.edge
    )
    return svg.link(
        box,
        svg.mark(cell.tone, x + 13, y + 14, size=9, fill=tone.edge),
        svg.text(cell.score, x + _WIDTH - 9, y + 19, text_anchor="end", fill=tone.ink),
        svg.text(
            cell.count,
            x + _WIDTH / 2,
            y + 43,
            size=16 if is_empty else 24,
            font_weight=None if is_empty else svg.BOLD,
            text_anchor="middle",
            fill=tone.ink,
        ),
        *_word(cell.word, x + 7, y + _HEIGHT - 9, fill=tone.ink),
        svg.text(_comings_and_goings(grid, cell), x + _WIDTH - 8, y + _HEIGHT - 9, text_anchor="end", fill=tone.ink),
        href=cell.href,
        label=f"{_name(grid, (cell.column, cell.row))}: {_said(grid, cell)}",
    )


def _word(word: str, x: float, low: float, *, fill: str) -> list[str]:
    """The name of the level at the foot of its cell, in two lines when it needs them."""
    folded = svg.fold(word, width=_WIDTH - 12, size=_SMALL, most=2)
    return [svg.text(line, x, low - _SMALL * above, fill=fill) for above, line in enumerate(reversed(folded))]


def _arrow(grid: HeatGrid, start: Place, end: Place, count: int) -> str:
    """From cell to cell, a little to the right of the straight line so that the way back does not hide it."""
    (x1, y1), (x2, y2) = _middle(grid, start), _middle(grid, end)
    length = hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    x1, y1, x2, y2 = (x1 - uy * 14, y1 + ux * 14, x2 - uy * 14, y2 + ux * 14)
    short = min(length * 0.27, 32)
    x1, y1, x2, y2 = (x1 + ux * short, y1 + uy * short, x2 - ux * short, y2 - uy * short)
    head = svg.tag(
        "path",
        d=f"M{x2:.1f} {y2:.1f} L{x2 - ux * 9 - uy * 5:.1f} {y2 - uy * 9 + ux * 5:.1f}"
        f" L{x2 - ux * 9 + uy * 5:.1f} {y2 - uy * 9 - ux * 5:.1f} Z",
        fill=INK,
        stroke=PAPER,
        stroke_width=1,
    )
    ends = {"x1": x1, "y1": y1, "x2": x2 - ux * 7, "y2": y2 - uy * 7}
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2
    return "".join(
        (
            svg.tag("line", **ends, stroke=PAPER, stroke_width=5),
            svg.tag("line", **ends, stroke=INK, stroke_width=2),
            head,
            svg.tag("circle", cx=middle_x, cy=middle_y, r=9, fill=PAPER, stroke=INK, stroke_width=1.5),
            svg.text(count, middle_x, middle_y + 4.5, fill=INK, font_weight=svg.BOLD, text_anchor="middle"),
        )
    )


def _legend(grid: HeatGrid) -> tuple[str, ...]:
    words = grid.words
    y = _TOP + _HEIGHT * len(grid.vertical.steps) + _BOTTOM + 14
    return (svg.text(f"+ {words.new}, \N{MINUS SIGN} {words.gone}, → {words.moved}", 2, y),)


def _middle(grid: HeatGrid, place: Place) -> tuple[float, float]:
    x, y = _corner(grid, place)
    return x + _WIDTH / 2, y + _HEIGHT / 2


def _as_cell(grid: HeatGrid, cell: GridCell) -> Cell:
    return Cell(_said(grid, cell), tone=cell.tone)


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
