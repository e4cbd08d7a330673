"""What a document is made of, whatever it is drawn as.

Plain text may be given wherever content is asked for; a newline in it is a line break. Characters that no
XML can hold are dropped. Everything is checked when it is made, so a drawer never meets a crooked table.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date as Date
from typing import Literal, TypeAlias

from hjulet.base.documents.pictures import refuse_unsafe
from hjulet.base.documents.tones import TONES, ToneName

ILLEGAL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
DEEPEST_HEADING = 4


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text. `href` leads to http, https, mailto, a page of ours (/…) or an anchor (#…)."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""


Content: TypeAlias = str | Text | tuple[str | Text, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 stands just below the title of the document. `anchor` can be linked to as #anchor."""

    level: int
    text: Content
    anchor: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST_HEADING:
            raise ValueError(f"A heading has a level from 1 to {DEEPEST_HEADING}, not {self.level}.")
        if self.anchor and not re.fullmatch(r"[a-z0-9-]{1,39}", self.anchor):
            raise ValueError(f"An anchor is at most 39 of a-z, 0-9 and hyphen, not {self.anchor!r}.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` opens a chapter, `note` is said in passing."""

    content: Content
    style: Literal["normal", "lead", "note"] = "normal"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list with a list of its own beneath it."""

    content: Content
    nested: "Bullets"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered when `ordered`."""

    items: tuple[Content | Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with text, or with paragraphs and lists. `header` makes it the heading of its row.

    A tone other than neutral demands text in the cell: colour alone says nothing to many readers.
    """

    content: "Content | Paragraph | Bullets | tuple[Paragraph | Bullets, ...]" = ""
    header: bool = False
    colspan: int = 1
    rowspan: int = 1
    tone: ToneName | None = None

    def __post_init__(self) -> None:
        if self.colspan < 1 or self.rowspan < 1:
            raise ValueError("A cell spans at least one column and one row.")
        if self.tone is not None and self.tone not in TONES:
            raise ValueError(f"There is no tone {self.tone!r}; there are {', '.join(TONES)}.")
        if self.tone not in {None, "neutral"} and not plain(self).strip():
            raise ValueError("A coloured cell also says in words what the colour means.")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; bare content becomes a cell. A `section` row has one cell, as wide as the table."""

    cells: tuple[Cell | Content, ...]
    section: bool = False

    def __post_init__(self) -> None:
        cells = tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in self.cells)
        object.__setattr__(self, "cells", cells)
        if self.section and len(cells) != 1:
            raise ValueError("A section row has exactly one cell.")


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is relative to the other columns; figures stand to the right with `end`."""

    width: float = 1
    align: Literal["start", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Table:
    """Header rows are repeated on every page. Rows with spans must fill the columns exactly."""

    caption: str
    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if not self.columns or not self.header:
            raise ValueError("A table has columns and a header row.")
        if any(column.width <= 0 for column in self.columns):
            raise ValueError("A column has a width above zero.")
        for rows in (self.header, self.rows):
            for _ in placed(rows, len(self.columns)):
                pass


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its text alternative, and the same figures as a table beneath it.

    `width` is the share of the text's width on paper, above 0 and at most 1.
    """

    svg: str
    title: str
    description: str
    table: Table | None = None
    width: float = 1

    def __post_init__(self) -> None:
        if not str(self.description).strip():
            raise ValueError("A figure has a description for those who cannot see it.")
        if not 0 < self.width <= 1:
            raise ValueError("The width of a figure is a share above 0 and at most 1.")
        refuse_unsafe(self.svg)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page of paper."""


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Figure | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `date` also dates the file, so that the same document gives the same bytes.

    `colour` (#rrggbb) is that of the organisation. Headings that skip a level are moved up: a reader
    who jumps between headings must not look for one that is missing.
    """

    title: str
    organisation: str
    date: Date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    language: Literal["sv", "en"] = "sv"
    colour: str = "#1f4e79"
    landscape: bool = False
    anchors: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        if not str(self.title).strip():
            raise ValueError("A document has a title.")
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.colour):
            raise ValueError(f"A colour is written #rrggbb, not {self.colour!r}.")
        anchors = [block.anchor for block in self.blocks if isinstance(block, Heading) and block.anchor]
        if len(set(anchors)) < len(anchors):
            raise ValueError("Two headings have the same anchor.")
        object.__setattr__(self, "anchors", frozenset(anchors))
        object.__setattr__(self, "blocks", tuple(_without_skipped_levels(self.blocks)))


@dataclass(frozen=True, slots=True)
class Place:
    """A cell and the column it begins in; `continued` when a cell from a row above reaches down here."""

    column: int
    colspan: int
    cell: Cell
    continued: bool = False


def clean(text: object) -> str:
    """The text as every format can hold it: no control characters, lines end in a newline alone."""
    return ILLEGAL_CHARACTERS.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def runs(content: Content) -> tuple[Text, ...]:
    """The content as runs with clean text, without the empty ones, and without links that lead astray."""
    parts = content if isinstance(content, tuple) else (content,)
    texts = (part if isinstance(part, Text) else Text(part) for part in parts)
    cleaned = (replace(text, text=clean(text.text), href=_safe(text.href)) for text in texts)
    return tuple(text for text in cleaned if text.text)


def cell_blocks(cell: Cell) -> tuple[Paragraph | Bullets, ...]:
    """What stands in the cell, always as paragraphs and lists."""
    match cell.content:
        case Paragraph() | Bullets():
            return (cell.content,)
        case (Paragraph() | Bullets(), *_):
            return cell.content  # type: ignore[return-value]
    return (Paragraph(cell.content),)  # type: ignore[arg-type]


def items(bullets: Bullets) -> Iterator[tuple[Content, Bullets | None]]:
    """Each item's content with the list beneath it, if there is one."""
    for item in bullets.items:
        yield (item.content, item.nested) if isinstance(item, Item) else (item, None)


def plain(part: "Cell | Paragraph | Bullets | Content") -> str:
    """The text alone."""
    match part:
        case Cell():
            return "\n".join(plain(block) for block in cell_blocks(part))
        case Paragraph():
            return plain(part.content)
        case Bullets():
            lines = ((plain(content), plain(nested) if nested else "") for content, nested in items(part))
            return "\n".join(text for pair in lines for text in pair if text)
    return "".join(run.text for run in runs(part))


def placed(rows: Iterable[Row], columns: int) -> Iterator[list[Place]]:
    """For each row, what stands in each of its columns, with rowspans followed downwards.

    Raises ValueError when cells are too few or too many for the columns.
    """
    reaching: dict[int, tuple[Place, int]] = {}
    for row in rows:
        waiting = [cell for cell in reversed(row.cells) if isinstance(cell, Cell)]
        line: list[Place] = []
        column = 0
        while column < columns:
            if column in reaching:
                place, left = reaching.pop(column)
            elif waiting:
                cell = waiting.pop()
                place = Place(column, columns if row.section else cell.colspan, cell)
                left = cell.rowspan - 1
            else:
                break
            line.append(place)
            if left:
                reaching[column] = (replace(place, continued=True), left - 1)
            column += place.colspan
        if waiting or column != columns:
            raise ValueError(f"A row of the table does not fill its {columns} columns exactly.")
        yield line
    if reaching:
        raise ValueError("A cell of the table reaches below the last row.")


def _without_skipped_levels(blocks: Iterable[Block]) -> Iterator[Block]:
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            yield replace(block, level=level)
        else:
            yield block


def _safe(href: str) -> str:
    href = clean(href).strip()
    leads_inwards = re.fullmatch(r"/(?![/\\])\S*|#[a-z0-9-]+", href)
    leads_outwards = re.fullmatch(r"(https?://|mailto:)\S+", href, re.IGNORECASE)
    return href if leads_inwards or leads_outwards else ""
