"""CSV as it comes from other systems: comma or semicolon, UTF-8 or the Windows encoding of western Europe."""

import csv
from io import StringIO

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from hjulet.base.intake.cells import tidy
from hjulet.base.intake.reading import MOST_BYTES, MOST_ROWS
from hjulet.base.spreadsheets import ReadCell, ReadRow, SpreadsheetError

MOST_COLUMNS = 200
DELIMITERS = (";", ",", "\t")


def read_csv(data: bytes) -> list[ReadRow]:
    """The rows, all as long as the longest, the empty ones left out; a cell's address is the one it gets in Excel."""
    if len(data) > MOST_BYTES:
        raise SpreadsheetError(_("Filen är för stor. Den får vara högst 2 MB."))
    text = decoded(data)
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    try:
        records = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SpreadsheetError(
            _("CSV-filen går inte att läsa. Se efter att varje citattecken har ett som avslutar det.")
        ) from error
    filled = [(line, record) for line, record in enumerate(records, start=1) if any(map(str.strip, record))]
    if len(filled) > MOST_ROWS:
        raise SpreadsheetError(
            _("Filen har fler än %(limit)s rader. Dela upp den i flera filer.") % {"limit": MOST_ROWS}
        )
    if any(len(record) > MOST_COLUMNS for _line, record in filled):
        raise SpreadsheetError(_("Filen har fler än %(limit)s kolumner.") % {"limit": MOST_COLUMNS})
    width = max((len(record) for _line, record in filled), default=0)
    return [row_of(line, record + [""] * (width - len(record))) for line, record in filled]


def decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise SpreadsheetError(_("Filen är varken en Excel-fil (.xlsx) eller en CSV-fil."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def row_of(line: int, record: list[str]) -> ReadRow:
    return tuple(
        ReadCell(xl_rowcol_to_cell(line - 1, column), tidy(text) or None) for column, text in enumerate(record)
    )
