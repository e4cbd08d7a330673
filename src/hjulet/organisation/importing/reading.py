"""Reads an Excel or a CSV file into rows of units and of people, or tells every fault in it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hjulet.base.intake.cells import as_text, fold
from hjulet.base.intake.csv_files import read_csv
from hjulet.base.intake.faults import Fault, FaultyFile
from hjulet.base.intake.reading import MOST_BYTES, MOST_ROWS, FileRow, Reader, headings_in
from hjulet.base.intake.sheets import Column, FileSheet
from hjulet.base.spreadsheets import ReadCell, ReadRow, SpreadsheetError, read_workbook
from hjulet.organisation.importing.sheets import SHEETS


@dataclass
class OrganisationFile:
    """The whole rows by sheet, only those that the file has, and what in it is not read.

    `ids` says how often each id stands in a sheet, the rows with a fault counted too: what refers to one of those is not
    told that it does not exist.
    """

    rows: dict[str, list[FileRow]] = field(default_factory=dict)
    ids: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read(data: bytes) -> OrganisationFile:
    """Raises ValidationError for what is no file of ours; what is wrong in its cells is told in `faults`."""
    try:
        sheets = sheets_in(data)
    except SpreadsheetError as error:
        raise ValidationError(str(error)) from error
    read_in = OrganisationFile()
    reader = OrganisationReader(read_in)
    for sheet in SHEETS:
        if sheet.name in sheets:
            read_in.rows[sheet.name] = list(reader.rows(sheet, sheets[sheet.name]))
    if not read_in.rows:
        names = _(" eller ").join(sheet.name for sheet in SHEETS)
        raise FaultyFile([Fault(names, "", _("inget av bladen finns i filen. Utgå från mallen."))])
    return read_in


def sheets_in(data: bytes) -> dict[str, list[ReadRow]]:
    """A CSV file is the sheet whose columns it has the most of."""
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return read_workbook(data, max_bytes=MOST_BYTES, max_rows=MOST_ROWS)
    rows = read_csv(data)
    found = {sheet.name: known_columns(sheet, rows[0] if rows else ()) for sheet in SHEETS}
    name = max(found, key=lambda name: found[name])
    return {name: rows} if found[name] else {}


def known_columns(sheet: FileSheet, header: ReadRow) -> int:
    return len(headings_in(header, {fold(column.heading) for column in sheet.columns}).places)


class OrganisationReader(Reader):
    """A file from another system may hold more than we ask for: that is left unread, and said."""

    def __init__(self, file: OrganisationFile):
        super().__init__(None)
        self.file = file
        self.faults = file.faults

    def meet_unknown(self, sheet: FileSheet, cell: ReadCell) -> None:
        words = {"sheet": sheet.name, "name": as_text(cell.value)}
        self.file.ignored.append(_("%(sheet)s: kolumnen %(name)s läses inte.") % words)

    def check(self, sheet: FileSheet, column: Column, value: Any, line: int) -> None:
        if column is sheet.columns[0]:
            self.file.ids[sheet.name][value] += 1
