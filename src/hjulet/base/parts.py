"""Parts of words in a column of a long table, found without reading every row.

SQLite keeps a table of every three letters in a row, and triggers of the database keep it in step with the rows.
PostgreSQL has an index for it, where `pg_trgm` is to be had. What is found is what `icontains` finds, only sooner.
"""

import logging
import re
from contextlib import suppress

import django_filters
from django.db import DatabaseError, Error, connection, migrations, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from hjulet.base.tables import FEW

logger = logging.getLogger(__name__)

SHORTEST = 3
BROKEN = "the parts of words are broken; hjulet search-index makes them anew"
ANY = re.compile("[%_]")  # what stands for any letters in LIKE

SQLITE = (
    "CREATE VIRTUAL TABLE {parts} USING fts5({column}, content='{table}', content_rowid='id', {how})",
    "CREATE TRIGGER {parts}_added AFTER INSERT ON {table} BEGIN {add}; END",
    "CREATE TRIGGER {parts}_removed AFTER DELETE ON {table} BEGIN {remove}; END",
    "CREATE TRIGGER {parts}_changed AFTER UPDATE OF {column} ON {table} BEGIN {remove}; {add}; END",
    "INSERT INTO {parts} ({parts}) VALUES ('rebuild')",
)
HOW = "tokenize='trigram', detail='none'"
ADD = "INSERT INTO {parts} (rowid, {column}) VALUES (new.id, new.{column})"
REMOVE = "INSERT INTO {parts} ({parts}, rowid, {column}) VALUES ('delete', old.id, old.{column})"
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX {parts} ON {table} USING gin (UPPER({column}::text) gin_trgm_ops)",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER {parts}_added",
        "DROP TRIGGER {parts}_removed",
        "DROP TRIGGER {parts}_changed",
        "DROP TABLE {parts}",
    ),
    "postgresql": ("DROP INDEX IF EXISTS {parts}",),
}


def parts_of(table: str, column: str) -> str:
    return f"{table}_{column}_parts"


class FindParts(migrations.operations.base.Operation):
    """Migration operation for one column of text.

    On SQLite a later operation that makes the table anew takes its triggers with it: `FindPartsStill` comes after it.
    """

    reversible = True

    def __init__(self, table: str, column: str):
        names = {"table": table, "column": column, "parts": parts_of(table, column)}
        self.names = names | {"how": HOW, "add": ADD.format(**names), "remove": REMOVE.format(**names)}

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "sqlite":
            self.execute(schema_editor, SQLITE)
            return
        # Without the extension, or the right to make it, every row is read, and the same is found.
        with suppress(Error), transaction.atomic(schema_editor.connection.alias):
            self.execute(schema_editor, POSTGRESQL)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.execute(schema_editor, UNDO[schema_editor.connection.vendor])

    def execute(self, schema_editor, statements):
        for statement in statements:
            schema_editor.execute(statement.format(**self.names), params=None)

    def describe(self):
        return "Find parts of words in {column} of {table}".format(**self.names)


class FindPartsStill(FindParts):
    """After an operation that makes the table anew on SQLite. On the way back its column is dropped where it stands."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "sqlite":
            self.execute(schema_editor, SQLITE[1:])

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass


class PartFilter(django_filters.CharFilter):
    """Rows with the text anywhere in a column that `FindParts` knows, their own or that of the row `of` which they are.

    What stands in many rows is soon met in the order of the list; SQLite is told only where the few are.
    """

    is_read_for = True

    def __init__(self, column: str, of: str = "", **options):
        super().__init__(field_name=f"{of}__{column}" if of else column, lookup_expr="icontains", **options)
        self.column, self.of = column, of

    def filter(self, rows: QuerySet, text: str) -> QuerySet:
        found = super().filter(rows, text)
        if text and connection.vendor == "sqlite" and any(len(part) >= SHORTEST for part in ANY.split(text)):
            titled = rows.model._meta.get_field(self.of).related_model if self.of else rows.model
            has_letters = keys_with(titled._meta.db_table, self.column, text)
            return found.filter(**{f"{self.of or 'pk'}__in": has_letters}) if are_few(has_letters) else found
        return found


def keys_with(table: str, column: str, text: str) -> RawSQL:
    """What stands for any letters may give some too many."""
    return RawSQL(f"SELECT rowid FROM {parts_of(table, column)} WHERE {column} LIKE %s", [f"%{text}%"])  # noqa: S608, S611 - ours


def are_few(keys: RawSQL) -> bool:
    """No when what SQLite finds by is broken: then every row is read, and the same is found."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({keys.sql} LIMIT {FEW + 1})", keys.params)  # noqa: S608 - ours
            [[number]] = cursor.fetchall()
    except DatabaseError:
        logger.exception(BROKEN)
        return False
    return number <= FEW


def find_parts_anew() -> None:
    """From the rows as they are, whatever has come between."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE %s", [f"CREATE VIRTUAL TABLE %{HOW}%"])
            for (parts,) in cursor.fetchall():
                cursor.execute(SQLITE[-1].format(parts=parts))
