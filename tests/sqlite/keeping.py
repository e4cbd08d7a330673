"""What stands in the database, kept aside and put back: faster than to do again what led there."""

from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection


def kept(at: Path | str = ":memory:") -> Any:
    """A copy of all there is, in memory or in a file."""
    copy = connection.Database.connect(at, check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(copy)
    return copy


def put_back(copy: Any) -> None:
    """Let the database be as it was when the copy was taken, and nothing else."""
    connection.ensure_connection()
    copy.backup(connection.connection)


def put_in(name: Path | str, file: Path | str) -> None:
    """Lay what a file keeps in a new database."""
    connect = connection.Database.connect
    with closing(connect(file)) as copy, closing(connect(name)) as new:
        copy.backup(new)
