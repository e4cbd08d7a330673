"""Reads a workbook into rows, or tells every fault in it with sheet and cell."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hjulet.base.intake.faults import FaultyFile
from hjulet.base.intake.reading import MOST_BYTES, MOST_ROWS, FileRow, Reader
from hjulet.base.intake.sheets import Column, FileSheet
from hjulet.base.spreadsheets import SpreadsheetError, read_workbook
from hjulet.planning.quality_plan.cells import Vocabulary
from hjulet.planning.quality_plan.workbook import RISKS, SHEETS


def read(data: bytes, vocabulary: Vocabulary) -> dict[str, list[FileRow]]:
    """The rows by sheet, each whole and right in itself. Raises ValidationError with all that is wrong."""
    try:
        sheets = read_workbook(data, max_bytes=MOST_BYTES, max_rows=MOST_ROWS)
    except SpreadsheetError as error:
        raise ValidationError(str(error)) from error
    reader = PlanReader(vocabulary)
    rows = {sheet.name: list(reader.rows(sheet, sheets.get(sheet.name))) for sheet in SHEETS}
    if reader.faults:
        raise FaultyFile(reader.faults)
    return rows


class PlanReader(Reader):
    """Remembers the risks' numbers: each stands once among the risks, and the other sheets refer to one of them."""

    def __init__(self, vocabulary: Vocabulary):
        super().__init__(vocabulary)
        self.lines: dict[str, int] = {}
        self.knows_risks = False

    def columns(self, sheet, header):
        places = super().columns(sheet, header)
        self.knows_risks |= sheet is RISKS and len(places) == len(sheet.columns)
        return places

    def check(self, sheet: FileSheet, column: Column, value: Any, line: int) -> None:
        if column is not sheet.columns[0]:
            return
        if sheet is not RISKS:
            if self.knows_risks and value not in self.lines:
                raise ValueError(_("risken %(number)s finns inte på bladet Risker.") % {"number": value})
        elif self.lines.setdefault(value, line) != line:
            raise ValueError(
                _("risken %(number)s står redan på rad %(line)s. Ge den ett eget nummer.")
                % {"number": value, "line": self.lines[value]}
            )
