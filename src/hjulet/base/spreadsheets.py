"""Excel out and in. What people typed stays text: nothing that looks like a formula ever becomes one.

What reads a file is loaded with the first one: a process that shows pages does without its 7 MB.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import repeat
from typing import TYPE_CHECKING, Final, TypeAlias

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.utility import xl_rowcol_to_cell

from hjulet.base.documents.model import clean

if TYPE_CHECKING:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

Value: TypeAlias = str | int | float | bool | Decimal | date | datetime | time | None

_LONGEST_TEXT: Final = 32_767
_FIRST_YEAR: Final = 1900
_MOST_COLUMNS: Final = 200
_LAST_ROW: Final = 1_048_576
_MOST_UNPACKED: Final = 100 * 1024 * 1024
_OLE_START: Final = b"\xd0\xcf\x11\xe0"
_EARLIEST: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - Excel knows no time zones


class SpreadsheetError(ValueError):
    """The file cannot be read; the text says in Swedish what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`widths` in characters, one per heading; left out, they follow the heading. The `hidden` last columns lie folded."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[float] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in the place of a formula or an error; the sentence says in Swedish what to do with the cell."""

    sentence: str

    def __str__(self):
        return self.sentence


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A value with its address, as in "C7", so that a fault can be pointed out."""

    address: str
    value: Value | Unreadable


ReadRow: TypeAlias = tuple[ReadCell, ...]
_EMPTY: Final = (None, "")


def write_workbook(sheets: Iterable[Sheet], *, made_at: datetime = _EARLIEST) -> bytes:
    """An .xlsx file: bold frozen headings with filters, real dates, everything else as it was typed.

    Characters that Excel cannot hold are dropped, dates before 1900 are written as text, and text above
    32 767 characters raises ValueError.
    """
    target = BytesIO()
    options = {
        "constant_memory": True,  # a row is written out before the next one is made
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": made_at})
        heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF1F4"}
        )
        formats = {
            str: book.add_format({"text_wrap": True, "valign": "top"}),
            date: book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"}),
            time: book.add_format({"num_format": "hh:mm", "valign": "top", "align": "left"}),
        }
        for sheet in sheets:
            _write(book.add_worksheet(_sheet_name(sheet.name)), sheet, heading, formats)
    return target.getvalue()


def read_workbook(data: bytes, *, max_bytes: int, max_rows: int) -> dict[str, list[ReadRow]]:
    """Each sheet's rows, all as long as the longest, the empty ones left out; cells keep their addresses.

    Raises SpreadsheetError for anything but a whole, unlocked .xlsx file of at most `max_bytes` bytes and at most
    `max_rows` rows in a sheet. A cell with a formula is `Unreadable`.
    """
    import openpyxl

    _refuse_file(data, max_bytes)
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return {sheet.title: list(_rows(sheet, max_rows)) for sheet in book.worksheets}
    except SpreadsheetError:
        raise
    except Exception as error:  # a broken file can break openpyxl in any way at all
        raise SpreadsheetError(_BROKEN) from error


_NOT_EXCEL: Final = gettext_lazy("Filen är inte en Excel-fil (.xlsx). Välj en fil som är sparad i Excel.")
_BROKEN: Final = gettext_lazy(
    "Filen är skadad och kan inte läsas. Öppna den i Excel, spara den på nytt och försök igen."
)


def _write(target, sheet: Sheet, heading, formats: dict) -> None:
    for column, name in enumerate(sheet.headings):
        width = sheet.widths[column] if sheet.widths else max(10, len(str(name)) + 4)
        is_hidden = column >= len(sheet.headings) - sheet.hidden
        target.set_column(column, column, width, None, {"hidden": True} if is_hidden else {})
        target.write_string(0, column, clean(name), heading)
    row = 0
    for row, values in enumerate(sheet.rows, start=1):
        for column, value in enumerate(values):
            _write_value(target, row, column, value, formats)
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, row, max(len(sheet.headings) - 1, 0))


def _write_value(target, row: int, column: int, value: Value, formats: dict) -> None:
    match value:
        case None:
            return
        case bool():
            target.write_boolean(row, column, value)
        case int() | float() | Decimal():
            target.write_number(row, column, value)
        case date() if value.year < _FIRST_YEAR:
            target.write_string(row, column, value.isoformat(), formats[str])
        case datetime():
            target.write_datetime(row, column, value.replace(tzinfo=None), formats[datetime])
        case date() | time():
            target.write_datetime(row, column, value, formats[date if isinstance(value, date) else time])
        case _:
            text = clean(value)
            if len(text) > _LONGEST_TEXT:
                raise ValueError(f"A cell holds at most {_LONGEST_TEXT} characters, not {len(text)}.")
            target.write_string(row, column, text, formats[str])


def _sheet_name(name: str) -> str:
    """Excel allows 31 characters, without some signs and without an apostrophe at the ends."""
    kept = "".join(" " if character in "[]:*?/\\" else character for character in clean(name))
    return kept[:31].strip("' ")


def _refuse_file(data: bytes, max_bytes: int) -> None:
    """What can be said before anything is unpacked."""
    if len(data) > max_bytes:
        raise SpreadsheetError(
            _("Filen är för stor. Den får vara högst %(limit)s MB. Dela upp den i flera.")
            % {"limit": f"{max_bytes / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")}
        )
    if data.startswith(_OLE_START):
        raise SpreadsheetError(
            _(
                "Filen är låst med lösenord eller sparad i ett gammalt format. "
                "Ta bort lösenordet och spara den som .xlsx."
            )
        )
    if not data.startswith(b"PK"):
        raise SpreadsheetError(_NOT_EXCEL)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names, unpacked = packed.namelist(), sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise SpreadsheetError(_BROKEN) from error
    if "xl/workbook.xml" not in names:
        raise SpreadsheetError(_NOT_EXCEL)
    if unpacked > _MOST_UNPACKED:
        raise SpreadsheetError(
            _("Filen blir för stor när den packas upp. Ta bort bilder och tomma rader och försök igen.")
        )


def _rows(sheet: "ReadOnlyWorksheet", max_rows: int) -> Iterator[ReadRow]:
    from openpyxl.cell.read_only import EMPTY_CELL

    filled: list[tuple[int, tuple]] = []
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if any(cell.value not in _EMPTY for cell in cells):
            filled.append((number, cells))
        if len(filled) > max_rows or number > _LAST_ROW:
            raise SpreadsheetError(
                _("Bladet %(sheet)s har fler än %(limit)s rader. Dela upp det i flera filer.")
                % {"sheet": sheet.title, "limit": max_rows}
            )
        if len(cells) > _MOST_COLUMNS:
            raise SpreadsheetError(
                _("Bladet %(sheet)s har fler än %(limit)s kolumner. Ta bort dem som inte används.")
                % {"sheet": sheet.title, "limit": _MOST_COLUMNS}
            )
    width = max((len(cells) for _number, cells in filled), default=0)
    for number, cells in filled:
        padded = (*cells, *repeat(EMPTY_CELL, width - len(cells)))
        yield tuple(ReadCell(xl_rowcol_to_cell(number - 1, column), _read(cell)) for column, cell in enumerate(padded))


def _read(cell: "ReadOnlyCell | EmptyCell") -> Value | Unreadable:
    if cell.value in _EMPTY:
        return None
    if cell.data_type == "f":
        return Unreadable(_("cellen har en formel. Byt den mot sitt värde."))
    if cell.data_type == "e":
        return Unreadable(_("cellen har felet %(fault)s. Rätta det.") % {"fault": cell.value})
    value = _as_date(cell)
    # What looks like a coded sign is written coded. openpyxl reads it back only where a text lies in a table of its own.
    return value.replace("_x005F_x", "_x") if isinstance(value, str) else value


def _as_date(cell: "ReadOnlyCell") -> Value:
    """Excel stores a date as a moment at midnight; a cell that shows no time of day is a date."""
    if isinstance(cell.value, datetime) and "h" not in str(cell.number_format).lower():
        return cell.value.date()
    return cell.value
