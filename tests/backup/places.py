"""Installations of their own beside the test database, and what lies in them."""

import io
import itertools
import os
import re
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command, load_command_class
from django.db import connection
from django.test import override_settings

from hjulet.backup.tables import LEFT_OUT
from hjulet.organisation.models import Person

NUMBERS = itertools.count(1)
# How far the migrations are, and what the database notes for itself; the words that are searched have tables of theirs.
UNTOLD = LEFT_OUT | {"django_migrations", "sqlite_stat1", "sqlite_stat4"}
PROGRAM = [sys.executable, "-c", "from hjulet.config.command_line import main; main()"]

# What the database finds by: it is no table of ours, and is made of the others.
MADE_ANEW = re.compile("^search_words|_parts(_|$)")


@dataclass(frozen=True)
class Place:
    """A data folder, and the name of its database."""

    folder: Path
    database: str


@contextmanager
def place(folder, like=None):
    """A new place, empty or a copy of another, that is gone when the block ends. `inside` leads there."""
    folder.mkdir(exist_ok=True)
    if connection.vendor == "sqlite":
        database = folder / "hjulet.sqlite3"
        if like:
            copy(like.database, database)
        yield Place(folder, database)
        return
    # The server is shared by every process of the run.
    database = f"{connection.settings_dict['NAME']}_{os.getpid()}_{next(NUMBERS)}"
    connection.close()  # nobody may be in the one that is copied
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {database} {f'TEMPLATE {like.database}' if like else ''}")
    try:
        yield Place(folder, database)
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {database} WITH (FORCE)")


def copy(source, target):
    """Through SQLite itself: a part of the database may still lie in its journal."""
    connect = connection.Database.connect
    with closing(connect(source)) as old, closing(connect(target)) as new:
        old.backup(new)


def own_database():
    """The database of the test run as a place to copy.

    None when no test of the run has asked for one, and after a test that commits: what migrations wrote is gone then.
    """
    is_there = "organisation_person" in connection.introspection.table_names()
    is_whole = is_there and Person.objects.filter(is_machine=True).exists()
    connection.close()
    return Place(Path(settings.DATA), connection.settings_dict["NAME"]) if is_whole else None


@contextmanager
def inside(place):
    """Let the connection and the settings lead to the place until the block ends."""
    own = connection.settings_dict["NAME"]
    lead_to(place.database)
    try:
        with override_settings(
            DATA=place.folder,
            MEDIA_ROOT=place.folder / "files",
            BACKUP_FOLDER=place.folder / "backups",
            BACKUP_PASSPHRASE="",
            WORD_TEMPLATE=place.folder / "word-template.docx",
        ):
            yield place
    finally:
        lead_to(own)


def lead_to(database):
    connection.close()
    connection.settings_dict["NAME"] = database
    ContentType.objects.clear_cache()


def migrate():
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def content():
    """Every row of every table, read past the models, and every file by its name."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if not MADE_ANEW.search(name)]
        names = sorted(set(names) - UNTOLD)
        return {name: rows_of(cursor, name) for name in names}, files()


def rows_of(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, map(comparable, row), strict=True)) for row in cursor.fetchall()]


def comparable(value):
    return bytes(value) if isinstance(value, memoryview) else value


def files():
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def run(command, *words):
    """What the command says, on each of its two ways."""
    out, err = io.StringIO(), io.StringIO()
    call_command(load_command_class("hjulet.backup", command), *map(str, words), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


# The real command, in a process of its own


def on_sqlite(folder, *words):
    """Run `hjulet` on SQLite in the folder, whatever we ourselves lie on."""
    return subprocess.run(
        PROGRAM + list(map(str, words)), env=environment(folder), capture_output=True, text=True, check=False
    )


def start_hjulet(place, *words, **more):
    """A running `hjulet` at the place, in a group of processes of its own; `more` stands in its environment."""
    return subprocess.Popen(
        PROGRAM + list(map(str, words)),
        env=environment(place.folder) | address_of(place) | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def address_of(place):
    """What leads a process to the database of the place."""
    if connection.vendor == "sqlite":
        return {}
    address = urlsplit(os.environ["HJULET_DATABASE"])
    return {"HJULET_DATABASE": urlunsplit(address._replace(path=f"/{place.database}"))}


def environment(folder):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HJULET_", "DJANGO_"))}
    return clean | {"HJULET_DATA": str(folder)}


def until(happened, process):
    """Wait for it as long as the process runs."""
    while not happened():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
