"""Reads an edited Excel file of a list back in: row by row through the operation that the row's own page uses.

Each cell that the person has changed is compared with what stands here now. What a rule refuses, and what somebody else
has changed since, is left as it is and told; what cannot be read stops the whole file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from hjulet.base.intake.cells import as_text, fold, text_in
from hjulet.base.intake.faults import Fault, FaultyFile, row_number
from hjulet.base.intake.reading import MOST_BYTES, MOST_ROWS, headings_in, line_of
from hjulet.base.intake.traces import HEADING, Trace, read_trace
from hjulet.base.intake.words import Words
from hjulet.base.operations import EditConflict, Refused, operation
from hjulet.base.spreadsheets import ReadCell, ReadRow, SpreadsheetError, read_workbook
from hjulet.base.tables import Column, Table, with_related

# Each costs what a change on its own page costs, and on SQLite nobody else writes meanwhile.
MOST_EDITED = 1000


@dataclass(frozen=True)
class Edit:
    """One cell: what stands here, and what the file says."""

    column: Column
    cell: str
    old: str
    new: str


@dataclass(frozen=True)
class EditedRow:
    """`obstacle` is empty when the row is changed."""

    line: int
    key: int
    name: str
    edits: list[Edit]
    obstacle: str = ""


@dataclass
class Outcome:
    """What reading the file in did, or would do."""

    rows: list[EditedRow] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unchanged: int = 0
    is_check: bool = False
    has_moved: bool = False

    @property
    def changed(self) -> list[EditedRow]:
        return [row for row in self.rows if not row.obstacle]

    @property
    def refused(self) -> list[EditedRow]:
        return [row for row in self.rows if row.obstacle]

    @property
    def seal(self) -> str:
        """The same as long as the file would do the same."""
        told = [
            (row.line, row.key, row.obstacle, [(edit.column.key, edit.old, edit.new) for edit in row.edits])
            for row in self.rows
        ]
        return sha256(repr(told).encode()).hexdigest()


@operation
def read_list_in(
    *,
    by: Any,
    content: bytes,
    table: Table,
    rows: QuerySet,
    form: Callable[[Any], forms.BaseForm],
    change: Callable[..., Any],
    check: bool,
    seen: str = "",
) -> Outcome:
    """Take in what has been changed in the file. Raises ValidationError with every fault; then nothing has been saved.

    `form` gives the change form of a row: what may stand in its cells is what may be chosen and typed there. `check`
    saves nothing. `seen` is the seal of what the person has agreed to; should the file do something else by now,
    nothing is saved and the new outcome comes back.
    """
    sheets = open_workbook(content)
    language = language_of(table, sheets)
    with translation.override(language), transaction.atomic():
        outcome = Intake(table, rows, form, change, by).take(sheets[str(table.caption)])
        outcome.has_moved = not check and outcome.seal != seen
        outcome.is_check = check or outcome.has_moved
        transaction.set_rollback(outcome.is_check)
    return outcome


def open_workbook(content: bytes) -> dict[str, list[ReadRow]]:
    try:
        return read_workbook(content, max_bytes=MOST_BYTES, max_rows=MOST_ROWS)
    except SpreadsheetError as error:
        raise ValidationError(str(error)) from error


def language_of(table: Table, sheets: dict[str, list[ReadRow]]) -> str:
    """The language that the file was fetched in, by the name of its sheet."""
    for language in (translation.get_language(), *dict(settings.LANGUAGES)):
        with translation.override(language):
            if str(table.caption) in sheets:
                return language
    sentence = _("bladet finns inte. Hämta listan som Excel, ändra i den filen och läs in den här.")
    raise FaultyFile([Fault(str(table.caption), "", sentence)])


class Intake:
    """One file on its way in."""

    def __init__(self, table: Table, rows: QuerySet, form: Callable, change: Callable, by: Any):
        self.table, self.rows, self.form, self.change, self.by = table, rows, form, change, by
        self.sheet = str(table.caption)
        self.words = Words()
        self.outcome = Outcome()
        self.faults: list[Fault] = []

    def take(self, rows: list[ReadRow]) -> Outcome:
        columns, key_place = self.columns(rows[0] if rows else ())
        traced = list(self.traced(rows[1:], key_place)) if not self.faults else []
        readers = with_related(self.rows, [column for column, _place in columns])
        standing = readers.in_bulk([trace.key for _cells, trace in traced])
        for cells, trace in traced:
            if row := standing.get(trace.key):
                self.take_row(row, trace, cells, columns)
            else:
                self.tell(row_number(line_of(cells)), _("raden finns inte här, eller så får du inte se den."))
        if self.faults:
            raise FaultyFile(self.faults)
        return self.outcome

    def columns(self, header: ReadRow) -> tuple[list[tuple[Column, int]], int]:
        """The columns that stand in the file, and the place of the hidden one."""
        by_name = {fold(str(column.label)): column for column in self.table.columns}
        found = headings_in(header, {*by_name, fold(HEADING)})
        for cell in found.doubled:
            self.tell(cell.address, _("kolumnen %(name)s finns två gånger.") % {"name": as_text(cell.value)})
        for cell in found.unknown:
            self.outcome.ignored.append(_("Kolumnen %(name)s finns inte i listan.") % {"name": as_text(cell.value)})
        key_place = found.places.pop(fold(HEADING), None)
        if key_place is None:
            sentence = _("den dolda kolumnen ”%(name)s” saknas. Hämta listan på nytt.") % {"name": HEADING}
            self.tell("", sentence)
        return [(by_name[name], place) for name, place in found.places.items()], key_place or 0

    def traced(self, rows: list[ReadRow], key_place: int) -> Iterator[tuple[ReadRow, Trace]]:
        """The rows with what the file remembers of each."""
        lines: dict[int, int] = {}
        for cells in rows:
            line, text = line_of(cells), as_text(cells[key_place].value)
            trace = read_trace(text)
            if not text:
                self.tell(row_number(line), _("raden är ny. Nya rader läggs till på sidan, inte härifrån."))
            elif trace is None:
                self.tell(cells[key_place].address, _("den dolda cellen är ändrad. Hämta listan på nytt."))
            elif lines.setdefault(trace.key, line) != line:
                self.tell(row_number(line), _("samma rad står redan på rad %(line)s.") % {"line": lines[trace.key]})
            else:
                yield cells, trace

    def take_row(self, row: Model, trace: Trace, cells: ReadRow, columns: list[tuple[Column, int]]) -> None:
        line, faults_before = line_of(cells), len(self.faults)
        edits, changes, asked = [], {}, None
        for column, place in columns:
            cell = cells[place]
            text, standing = as_text(cell.value), as_text(column.for_file(row))
            if text == standing or not trace.is_edited(column, text):
                continue
            if not column.fields:
                words = {"cell": cell.address, "column": column.label}
                self.outcome.ignored.append(_("%(cell)s: %(column)s ändras inte från Excel.") % words)
                continue
            asked = asked or self.form(row)
            values = self.value(column, asked, cell)
            if not stands(row, values):
                edits.append(Edit(column, cell.address, standing, text))
                changes |= values
        if len(self.faults) > faults_before:
            return
        if edits:
            self.change_row(line, row, trace.revision, edits, changes)
        else:
            self.outcome.unchanged += 1

    def value(self, column: Column, asked: forms.BaseForm, cell: ReadCell) -> dict[str, Any]:
        fields = {name: asked.fields[name] for name in column.fields}
        try:
            return self.words.value_of(fields, text_in(cell))
        except ValueError as error:
            self.tell(cell.address, f"{column.label}: {error}")
            return {}

    def change_row(self, line: int, row: Model, revision: int, edits: list[Edit], changes: dict[str, Any]) -> None:
        if len(self.outcome.rows) == MOST_EDITED:
            sentence = _("filen ändrar fler än %(limit)s rader. Dela upp den i flera.")
            raise FaultyFile([Fault(self.sheet, "", sentence % {"limit": MOST_EDITED})])
        obstacle, name = "", str(row)
        try:
            with transaction.atomic():
                self.change(row, by=self.by, revision=revision, **changes)
        except EditConflict:
            obstacle = _("Någon annan har ändrat raden sedan filen hämtades. Hämta listan på nytt.")
        except Refused as refusal:
            obstacle = str(refusal.sentence)
        except PermissionDenied:
            obstacle = _("Du har inte rätt att ändra den här raden.")
        except ValidationError as error:
            self.tell_each(error, line, edits)
            return
        self.outcome.rows.append(EditedRow(line, row.pk, name, edits, obstacle))

    def tell_each(self, error: ValidationError, line: int, edits: list[Edit]) -> None:
        """At the cell that holds the field, where one does."""
        told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        places = {name: edit.cell for edit in edits for name in edit.column.fields}
        for name, sentences in told.items():
            self.tell(places.get(name, row_number(line)), " ".join(sentences))

    def tell(self, cell: str, sentence: str) -> None:
        self.faults.append(Fault(self.sheet, cell, sentence))


def stands(row: Model, values: dict[str, Any]) -> bool:
    """Whether the row has these values already, though the file writes them in another way."""
    return bool(values) and all(
        getattr(row, f"{name}_id") == value.pk if isinstance(value, Model) else getattr(row, name) == value
        for name, value in values.items()
    )
