"""Every table as the migrations know it, and its rows as lines of JSON that both databases read."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from types import NoneType
from typing import Any

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    Field,
    FileField,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)
from django.db.models.fields import AutoFieldMixin
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext as _

from hjulet.base.operations import Refused

# Who was logged in: a restored session would let in somebody who has logged out since. And what is searched: it is made
# anew of the other tables.
LEFT_OUT = {"django_session", "usersessions_usersession", "search_entry", "search_stem", "search_progress"}


@dataclass(frozen=True)
class Table:
    """One table at one state of the migrations; `model` is the model as it was then."""

    model: type[Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> list[Field]:
        """What is written by us; a generated column the database fills itself."""
        return [field for field in self.model._meta.local_concrete_fields if not field.generated]

    @property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]

    @property
    def counts_itself(self) -> bool:
        return self.model._meta.auto_field is not None

    @property
    def batch(self) -> int:
        """How many rows are held in memory at once; documents are large."""
        return 10 if any(isinstance(field, BinaryField) for field in self.fields) else 500

    def rows(self) -> Iterator[tuple]:
        """All rows in the order of their key, page by page: no cursor is left open when the reader stops halfway."""
        names = [field.attname for field in self.fields]
        key = names.index(self.model._meta.pk.attname)
        rows = self.model._base_manager.order_by("pk").values_list(*names)
        page = list(rows[: self.batch])
        while page:
            yield from page
            page = list(rows.filter(pk__gt=page[-1][key])[: self.batch])

    def file_names(self) -> Iterator[str]:
        """What the rows call the files that lie in the storage."""
        for place, field in enumerate(self.fields):
            if isinstance(field, FileField):
                yield from filter(None, (row[place] for row in self.rows()))

    def load(self, lines: Iterable[bytes]) -> int:
        """Insert rows that `line_of` has written; returns how many. Keys stay as they were."""
        quote = connection.ops.quote_name
        columns, places = ", ".join(map(quote, self.columns)), ", ".join(["%s"] * len(self.columns))
        sql = f"INSERT INTO {quote(self.name)} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own models
        writers = [writer_of(field) for field in self.fields]
        rows = ([write(value) for write, value in zip(writers, json.loads(line), strict=True)] for line in lines)
        count = 0
        with connection.cursor() as cursor:
            while batch := list(islice(rows, self.batch)):
                cursor.executemany(sql, batch)
                count += len(batch)
        return count


def writer_of(field: Field) -> Callable[[Any], Any]:
    """From a value of JSON to what this database takes. Most values are that already, and asking the field takes time."""
    plain = plain_types(field)
    return lambda value: value if type(value) in plain else field.get_db_prep_save(field.to_python(value), connection)


def plain_types(field: Field) -> set[type]:
    """The types of JSON that go into the column as they are."""
    if isinstance(field, ForeignKey):
        return plain_types(field.target_field)
    if isinstance(field, AutoFieldMixin | IntegerField):
        return {int, NoneType}
    if isinstance(field, CharField | TextField):
        return {str, NoneType}
    if isinstance(field, BooleanField):
        return {bool, NoneType}
    return {NoneType}


def line_of(row: tuple) -> bytes:
    return json.dumps(row, default=as_json, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def as_json(value: Any) -> str:
    """What JSON has no kind for, in the form that the field's `to_python` reads again."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    return str(value)


# Migrations


def applied_migrations() -> dict[str, str]:
    """The latest applied migration of each app. Raises `Refused` when the database is newer than the program."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    if any(app in loader.migrated_apps and (app, name) not in loader.disk_migrations for app, name in applied):
        raise Refused(_("Databasen är nyare än programmet. Installera programmets senaste version först."))
    return latest_of(applied & set(loader.graph.nodes), loader)


def latest_of(nodes: Iterable[tuple[str, str]], loader: MigrationLoader) -> dict[str, str]:
    nodes = set(nodes)
    parents = {
        parent.key for node in nodes for parent in loader.graph.node_map[node].parents if parent.key[0] == node[0]
    }
    return dict(sorted(nodes - parents))


def tables_at(migrations: dict[str, str]) -> list[Table]:
    """Every table that the database has after these migrations, but those that are left out."""
    apps = MigrationLoader(None).project_state(list(migrations.items())).apps
    models = apps.get_models(include_auto_created=True)
    tables = [Table(model) for model in models if model._meta.managed and not model._meta.proxy]
    return sorted((table for table in tables if table.name not in LEFT_OUT), key=lambda table: table.name)


# The whole database at one moment


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside belongs to one moment, and nobody has to wait for us meanwhile."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Not `atomic`, for our transactions begin IMMEDIATE: that would stop every writer until we are done.
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        else:
            with transaction.atomic():
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield


def last_ids(tables: list[Table]) -> dict[str, int]:
    """The last number each table has given out, also when that row is gone: the log must not meet a second one."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            given = dict(cursor.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
            return {table.name: given[table.name] for table in tables if given.get(table.name)}
        given = {}
        for table in tables:
            if table.counts_itself:
                cursor.execute(
                    "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)", [table.name]
                )
                given[table.name] = cursor.fetchone()[0]
        return {name: number for name, number in given.items() if number}


def set_last_ids(tables: list[Table], given: dict[str, int]) -> None:
    """Let each table go on counting where it was."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence")
            cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", list(given.items()))
            return
        for table in tables:
            if table.counts_itself:
                number = given.get(table.name)
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, %s)",
                    [table.name, number or 1, number is not None],
                )


def empty(tables: list[Table]) -> None:
    """Take away what the migrations themselves have written, past the guards of the append-only tables."""
    names = [connection.ops.quote_name(table.name) for table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")  # what is left out may point at them; it is empty
            return
        guards = cursor.execute(
            r"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%\_no\_delete' ESCAPE '\'", []
        ).fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        for name in names:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - names of our own models
        for _name, sql in guards:
            cursor.execute(sql)
