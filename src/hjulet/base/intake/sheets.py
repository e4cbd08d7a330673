"""A file format as data: its sheets, and how each column is read."""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import Any

from hjulet.base.spreadsheets import Sheet


@dataclass(frozen=True)
class Column:
    """`reader` turns the cell's text into the value, or says in a ValueError what is wrong and what is allowed.

    A column that `may_be_missing` is read as None where it is.
    """

    heading: str
    reader: Callable[[str, Any], Any]
    width: float
    required: bool = False
    longest: int = 0
    empty: Any = ""
    may_be_missing: bool = False


@dataclass(frozen=True)
class FileSheet:
    """The columns stand in the order of the fields of `row`, a dataclass."""

    name: str
    row: type[Any]
    columns: tuple[Column, ...]

    def heading(self, field: str) -> str:
        """What the column of a field is called."""
        return next(c.heading for c, f in zip(self.columns, fields(self.row), strict=True) if f.name == field)

    def holding(self, rows: Iterable[Any]) -> Sheet:
        """The sheet with these rows; days are ISO text, as people write them."""
        return Sheet(
            self.name,
            [column.heading for column in self.columns],
            ([in_cell(value) for value in astuple(row)] for row in rows),
            [column.width for column in self.columns],
        )


def in_cell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def longest(model: Any, field: str) -> int:
    return model._meta.get_field(field).max_length
