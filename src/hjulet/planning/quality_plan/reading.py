"""Reads a workbook into rows, or tells every fault in it with sheet and cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hjulet.base.spreadsheets import ReadCell, ReadRow, SpreadsheetError, read_workbook
from hjulet.planning.quality_plan.cells import Vocabulary, as_text
from hjulet.planning.quality_plan.workbook import RISKS, SHEETS, Column, PlanSheet, Row

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Fault:
    """`cell` is empty when the fault is that something is not there at all."""

    sheet: str
    cell: str
    sentence: str

    def __str__(self):
        return f"{self.sheet} {self.cell}".strip() + f": {self.sentence}"


class FaultyWorkbook(ValidationError):
    """The file cannot be imported; nothing has been saved."""

    def __init__(self, faults: list[Fault]):
        super().__init__([str(fault) for fault in faults])
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ReadPlanRow:
    """A row, and the number it has in its sheet."""

    line: int
    row: Row


def read(data: bytes, vocabulary: Vocabulary) -> dict[str, list[ReadPlanRow]]:
    """The rows by sheet, each whole and right in itself. Raises ValidationError with all that is wrong."""
    try:
        sheets = read_workbook(data, max_bytes=MOST_BYTES, max_rows=MOST_ROWS)
    except SpreadsheetError as error:
        raise ValidationError(str(error)) from error
    reader = Reader(vocabulary)
    rows = {sheet.name: list(reader.rows(sheet, sheets.get(sheet.name))) for sheet in SHEETS}
    if reader.faults:
        raise FaultyWorkbook(reader.faults)
    return rows


class Reader:
    """Goes through the sheets in order, remembers the risks' numbers, and gathers the faults."""

    def __init__(self, vocabulary: Vocabulary):
        self.vocabulary = vocabulary
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}
        self.knows_risks = False

    def rows(self, sheet: PlanSheet, rows: list[ReadRow] | None) -> Iterator[ReadPlanRow]:
        if rows is None:
            self.faults.append(Fault(sheet.name, "", _("bladet finns inte. Utgå från mallen.")))
            return
        places = self.columns(sheet, rows[0] if rows else ())
        if len(places) < len(sheet.columns):
            return
        self.knows_risks |= sheet is RISKS
        for cells in rows[1:]:
            line = int(re.sub(r"\D", "", cells[0].address))
            faults_before = len(self.faults)
            values = [self.value(sheet, column, cells[place], line) for column, place in places]
            if len(self.faults) == faults_before:
                yield ReadPlanRow(line, sheet.row(*values))

    def columns(self, sheet: PlanSheet, header: ReadRow) -> list[tuple[Column, int]]:
        """Where each column stands. They may come in any order, but none may be missing, doubled or unknown."""
        wanted = {column.heading.casefold(): column for column in sheet.columns}
        places: dict[str, int] = {}
        for place, cell in enumerate(header):
            heading = as_text(cell.value)
            if heading.casefold() in places:
                self.tell(sheet, cell, _("kolumnen %(name)s finns två gånger.") % {"name": heading})
            elif heading.casefold() in wanted:
                places[heading.casefold()] = place
            elif heading:
                sentence = _("kolumnen ”%(name)s” finns inte i mallen. Ta bort den eller flytta det som står där.")
                self.tell(sheet, cell, sentence % {"name": heading})
        for name, column in wanted.items():
            if name not in places:
                sentence = _("kolumnen %(name)s saknas. Utgå från mallen.") % {"name": column.heading}
                self.faults.append(Fault(sheet.name, "", sentence))
        return [(column, places[name]) for name, column in wanted.items() if name in places]

    def value(self, sheet: PlanSheet, column: Column, cell: ReadCell, line: int) -> Any:
        """The cell's value; None when it has a fault."""
        try:
            value = value_of(column, as_text(cell.value), self.vocabulary)
            if column is sheet.columns[0]:
                self.check_number(sheet, value, line)
        except ValueError as error:
            self.tell(sheet, cell, str(error))
            return None
        return value

    def check_number(self, sheet: PlanSheet, number: str, line: int) -> None:
        """A number stands once among the risks, and the other sheets refer to one that stands there."""
        if sheet is not RISKS:
            if self.knows_risks and number not in self.lines:
                raise ValueError(_("risken %(number)s finns inte på bladet Risker.") % {"number": number})
        elif self.lines.setdefault(number, line) != line:
            raise ValueError(
                _("risken %(number)s står redan på rad %(line)s. Ge den ett eget nummer.")
                % {"number": number, "line": self.lines[number]}
            )

    def tell(self, sheet: PlanSheet, cell: ReadCell, sentence: str) -> None:
        self.faults.append(Fault(sheet.name, cell.address, sentence))


def value_of(column: Column, text: str, vocabulary: Vocabulary) -> Any:
    if not text and column.required:
        raise ValueError(_("%(name)s saknas. Fyll i cellen.") % {"name": column.heading})
    if not text:
        return column.empty
    if column.longest and len(text) > column.longest:
        raise ValueError(
            _("texten är %(length)s tecken. Högst %(limit)s.") % {"length": len(text), "limit": column.longest}
        )
    return column.reader(text, vocabulary)
