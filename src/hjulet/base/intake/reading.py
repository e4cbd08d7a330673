"""Reads sheets into rows, or tells every fault in them with sheet and cell."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from hjulet.base.intake.cells import as_text, fold, text_in
from hjulet.base.intake.faults import Fault, row_number
from hjulet.base.intake.sheets import Column, FileSheet
from hjulet.base.spreadsheets import ReadCell, ReadRow

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row, the number it has in its sheet, and the cell that each of its fields was read from."""

    line: int
    row: Any
    cells: dict[str, str] = field(compare=False)

    def place(self, field: str = "") -> str:
        """The cell of the field, or the row."""
        return self.cells.get(field) or row_number(self.line)


@dataclass
class Headings:
    """Where the known columns stand, by name in small letters, and what else stands on the first row."""

    places: dict[str, int] = field(default_factory=dict)
    doubled: list[ReadCell] = field(default_factory=list)
    unknown: list[ReadCell] = field(default_factory=list)


def headings_in(header: ReadRow, known: Collection[str]) -> Headings:
    """They may come in any order. `known` holds the names as `fold` gives them."""
    found = Headings()
    for place, cell in enumerate(header):
        name = fold(as_text(cell.value))
        if name in found.places:
            found.doubled.append(cell)
        elif name in known:
            found.places[name] = place
        elif name:
            found.unknown.append(cell)
    return found


def line_of(cells: ReadRow) -> int:
    return int(re.sub(r"\D", "", cells[0].address))


class Reader:
    """Goes through the sheets in order and gathers the faults."""

    def __init__(self, vocabulary: Any):
        self.vocabulary = vocabulary
        self.faults: list[Fault] = []

    def rows(self, sheet: FileSheet, rows: list[ReadRow] | None) -> Iterator[FileRow]:
        if rows is None:
            self.faults.append(Fault(sheet.name, "", _("bladet finns inte. Utgå från mallen.")))
            return
        places = self.columns(sheet, rows[0] if rows else ())
        if len(places) < len(sheet.columns):
            return
        names = [field.name for field in fields(sheet.row)]
        for cells in rows[1:]:
            line = line_of(cells)
            faults_before = len(self.faults)
            values = [
                None if place is None else self.value(sheet, column, cells[place], line) for column, place in places
            ]
            if len(self.faults) == faults_before:
                addresses = ("" if place is None else cells[place].address for _column, place in places)
                yield FileRow(line, sheet.row(*values), dict(zip(names, addresses, strict=True)))

    def columns(self, sheet: FileSheet, header: ReadRow) -> list[tuple[Column, int | None]]:
        """Where each column stands. None may be doubled, and those that must be there are."""
        wanted = {fold(column.heading): column for column in sheet.columns}
        found = headings_in(header, wanted)
        for cell in found.unknown:
            self.meet_unknown(sheet, cell)
        for cell in found.doubled:
            self.tell(sheet, cell, _("kolumnen %(name)s finns två gånger.") % {"name": as_text(cell.value)})
        for name, column in wanted.items():
            if name not in found.places and not column.may_be_missing:
                sentence = _("kolumnen %(name)s saknas. Utgå från mallen.") % {"name": column.heading}
                self.faults.append(Fault(sheet.name, "", sentence))
        return [
            (column, found.places.get(name))
            for name, column in wanted.items()
            if name in found.places or column.may_be_missing
        ]

    def meet_unknown(self, sheet: FileSheet, cell: ReadCell) -> None:
        """A column that the format does not know is a fault, for it may be a misspelled one that it knows."""
        sentence = _("kolumnen ”%(name)s” finns inte i mallen. Ta bort den eller flytta det som står där.")
        self.tell(sheet, cell, sentence % {"name": as_text(cell.value)})

    def value(self, sheet: FileSheet, column: Column, cell: ReadCell, line: int) -> Any:
        """The cell's value; None when it has a fault."""
        try:
            value = self.value_of(column, text_in(cell))
            self.check(sheet, column, value, line)
        except ValueError as error:
            self.tell(sheet, cell, str(error))
            return None
        return value

    def value_of(self, column: Column, text: str) -> Any:
        if not text and column.required:
            raise ValueError(_("%(name)s saknas. Fyll i cellen.") % {"name": column.heading})
        if not text:
            return column.empty
        if column.longest and len(text) > column.longest:
            raise ValueError(
                _("texten är %(length)s tecken. Högst %(limit)s.") % {"length": len(text), "limit": column.longest}
            )
        return column.reader(text, self.vocabulary)

    def check(self, sheet: FileSheet, column: Column, value: Any, line: int) -> None:
        """What a format asks of a value beside the others; ValueError says what is wrong."""

    def tell(self, sheet: FileSheet, cell: ReadCell, sentence: str) -> None:
        self.faults.append(Fault(sheet.name, cell.address, sentence))
