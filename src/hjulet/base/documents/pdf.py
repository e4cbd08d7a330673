"""A document as tagged PDF/UA-1, set by typst without any system library.

The document goes to the template as data, never as markup, so no text in it can become a command.
"""

import json
import struct
from datetime import UTC, datetime, time
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Final, cast

import typst

from hjulet.base.documents.model import (
    Block,
    Bullets,
    Content,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Place,
    Row,
    Table,
    cell_blocks,
    clean,
    items,
    placed,
    plain,
    runs,
)
from hjulet.base.documents.pictures import FONTS, fitted
from hjulet.base.documents.tones import TONES, readable
from hjulet.base.documents.words import FIGURE, PAGE, TABLE, say

_TEMPLATE: Final = Path(__file__).parent / "template.typ"
#: A cell with fewer characters than this is not split between two pages.
_KEPT_WHOLE: Final = 600
_MISSING_GLYPH: Final = "\N{WHITE SQUARE}"


def render(document: Document) -> bytes:
    """The PDF file; the same document gives the same bytes.

    A character that our font lacks (an emoji, Arabic) is drawn as □, since PDF/UA forbids holes in the text.
    """
    compiler = typst.Compiler(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_Data(document).all(), ensure_ascii=False)},
    )
    made_at = datetime.combine(document.date, time(), tzinfo=UTC)
    return cast("bytes", compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made_at))


class _Data:
    """The document as JSON for the template; counts tables and figures on the way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tables = count(1)
        self.figures = count(1)

    def all(self) -> dict[str, Any]:
        document = self.document
        return {
            "title": _drawable(document.title),
            "subtitle": _drawable(document.subtitle),
            "organisation": _drawable(document.organisation),
            "date": document.date.isoformat(),
            "language": document.language,
            "colour": readable(document.colour),
            "landscape": document.landscape,
            "page": say(PAGE, document.language, page="{page}", pages="{pages}"),
            "tones": {name: {"fill": tone.fill, "edge": tone.edge} for name, tone in TONES.items()},
            "blocks": [part for block in document.blocks for part in self.block(block)],
        }

    def block(self, block: Block) -> list[dict[str, Any]]:
        match block:
            case Heading():
                return [
                    {"kind": "heading", "level": block.level, "text": self.text(block.text), "anchor": block.anchor}
                ]
            case Paragraph():
                return [{"kind": "paragraph", "style": block.style, "text": self.text(block.content)}]
            case Bullets():
                return [self.bullets(block)]
            case Table():
                return [self.table(block)]
            case Figure():
                return [self.figure(block), *([self.table(block.table)] if block.table else [])]
            case PageBreak():
                return [{"kind": "page-break"}]

    def text(self, content: Content) -> list[Any]:
        return [self.run(run) for run in runs(content)]

    def run(self, run) -> Any:
        text = _drawable(run.text)
        marks = {mark: True for mark in ("bold", "italic", "code") if getattr(run, mark)}
        href = run.href
        if href.startswith("#") and href[1:] in self.document.anchors:
            marks["anchor"] = href[1:]
        elif href and href[0] not in "/#":
            marks["href"] = href
        return {"text": text, **marks} if marks else text

    def bullets(self, bullets: Bullets) -> dict[str, Any]:
        return {
            "kind": "list",
            "ordered": bullets.ordered,
            "items": [
                {"text": self.text(content), "nested": self.bullets(nested) if nested else None}
                for content, nested in items(bullets)
            ],
        }

    def table(self, table: Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "label": say(TABLE, self.document.language, number=next(self.tables)),
            "caption": _drawable(table.caption),
            "columns": [column.width for column in table.columns],
            "align": [column.align for column in table.columns],
            "header": self.rows(table.header, table),
            "rows": self.rows(table.rows, table),
        }

    def rows(self, rows: tuple[Row, ...], table: Table) -> list[dict[str, Any]]:
        return [
            {"section": row.section, "cells": [self.cell(place) for place in line if not place.continued]}
            for row, line in zip(rows, placed(rows, len(table.columns)), strict=True)
        ]

    def cell(self, place: Place) -> dict[str, Any]:
        cell = place.cell
        match cell_blocks(cell):
            case (Paragraph(content, style="normal"),):
                data: dict[str, Any] = {"text": self.text(content)}
            case blocks:
                data = {"blocks": [part for block in blocks for part in self.block(block)]}
        extras = {
            "colspan": place.colspan if place.colspan > 1 else None,
            "rowspan": cell.rowspan if cell.rowspan > 1 else None,
            "tone": cell.tone,
            "header": cell.header or None,
            "whole": len(plain(cell)) < _KEPT_WHOLE and cell.rowspan == 1,
        }
        return data | {name: value for name, value in extras.items() if value}

    def figure(self, figure: Figure) -> dict[str, Any]:
        return {
            "kind": "figure",
            "svg": figure.svg,
            "label": say(FIGURE, self.document.language, number=next(self.figures)),
            "caption": _drawable(figure.title),
            "alternative": _drawable(f"{figure.title}. {figure.description}"),
            "width": fitted(figure.svg, figure.width, landscape=self.document.landscape),
        }


@lru_cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _drawable(text: object) -> str:
    known = _characters()
    text = clean(text).replace("\t", " ")
    return text if known.issuperset(text) else "".join(c if c in known else _MISSING_GLYPH for c in text)


@lru_cache
def _characters() -> frozenset[str]:
    """What every face of the font can draw, and the newline."""
    return frozenset.intersection(*(_mapped(path.read_bytes()) for path in FONTS.glob("*.ttf"))) | {"\n"}


def _mapped(font: bytes) -> frozenset[str]:
    """The characters in a TrueType file, from the groups of its `cmap` table in format 12."""
    for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16):
        if font[at : at + 4] == b"cmap":
            cmap = struct.unpack_from(">I", font, at + 8)[0]
    subtables = (
        cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * index)[0]
        for index in range(struct.unpack_from(">H", font, cmap + 2)[0])
    )
    full = next(at for at in subtables if struct.unpack_from(">H", font, at)[0] == 12)
    groups = struct.iter_unpack(">III", font[full + 16 : full + struct.unpack_from(">I", font, full + 4)[0]])
    return frozenset(chr(code) for first, last, _ in groups for code in range(first, last + 1))
