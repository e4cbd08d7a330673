"""SQLite for the test run: made by the migrations once a run, and emptied past the guards of what is kept."""

import os
from pathlib import Path

from hjulet.base.sqlite import base
from tests.sqlite.keeping import kept, put_in

# Where a run of several parts keeps the database as the migrations leave it. They take a quarter of a minute.
MIGRATED = os.environ.get("MIGRATED")


class DatabaseCreation(base.DatabaseWrapper.creation_class):
    def _create_test_db(self, *args, **options):
        """Begins with what an earlier part has migrated; Django then finds nothing left to migrate."""
        name = super()._create_test_db(*args, **options)
        if MIGRATED and Path(MIGRATED).exists():
            put_in(name, MIGRATED)
        return name

    def create_test_db(self, *args, **options):
        name = super().create_test_db(*args, **options)
        if MIGRATED and not Path(MIGRATED).exists():
            passing = Path(f"{MIGRATED}-{os.getpid()}")
            kept(passing).close()
            passing.replace(MIGRATED)
        return name


class DatabaseOperations(base.DatabaseWrapper.ops_class):
    def sql_flush(self, style, tables, **options):
        with self.connection.cursor() as cursor:
            guards = cursor.execute(
                r"SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                r" AND (name LIKE '%\_no\_%' ESCAPE '\' OR name LIKE '%\_settled\_%' ESCAPE '\')"
            ).fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _sql in guards]
        restore = [sql for _name, sql in guards]
        return drop + super().sql_flush(style, tables, **options) + restore


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
