"""What a list's Excel file remembers of each row in a hidden column: which row, its revision, and what its cells said.

By that an edited file tells what the person has changed in it from what others have changed here since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from hjulet.base.intake.cells import as_text
from hjulet.base.spreadsheets import Sheet
from hjulet.base.tables import Column, Table

HEADING = "Kvalitetshjulet (ändra inte)"


@dataclass(frozen=True)
class Trace:
    key: int
    revision: int
    cells: dict[str, str]

    def __str__(self):
        return " ".join([str(self.key), str(self.revision), *(f"{key}:{mark}" for key, mark in self.cells.items())])

    def is_edited(self, column: Column, text: str) -> bool:
        """Whether the person has written something else in the cell than stood there; yes where nothing is known."""
        return self.cells.get(column.key) != mark(text)


def mark(text: str) -> str:
    return blake2s(text.encode(), digest_size=4).hexdigest()


def read_trace(text: str) -> Trace | None:
    """None for what is no trace of ours."""
    key, _space, rest = text.partition(" ")
    revision, _space, cells = rest.partition(" ")
    if not (key.isdecimal() and revision.isdecimal() and max(len(key), len(revision)) <= 18):
        return None
    pairs = (cell.partition(":") for cell in cells.split())
    return Trace(int(key), int(revision), {name: value for name, _colon, value in pairs})


def traced_sheet(table: Table, columns: tuple[Column, ...], rows: Iterable[Any]) -> Sheet:
    """The sheet of a list that may come back."""
    return Sheet(
        str(table.caption),
        [*(str(column.label) for column in columns), HEADING],
        (traced(row, columns) for row in rows),
        hidden=1,
    )


def traced(row: Any, columns: tuple[Column, ...]) -> list[Any]:
    cells = [column.for_file(row) for column in columns]
    marks = {column.key: mark(as_text(cell)) for column, cell in zip(columns, cells, strict=True)}
    return [*cells, str(Trace(row.pk, row.revision, marks))]
