"""Putting a backup back: all of it or nothing, into this version of the program and on either database."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit.queries import faults_of_chain, faults_of_readings
from hjulet.backup.archive import PIECE, Manifest, Reader, damaged, newer, opened, whole_file
from hjulet.backup.operations import note_restore
from hjulet.backup.tables import Table, empty, set_last_ids, tables_at
from hjulet.backup.taking import WORD_TEMPLATE, Taken, checksum, checksum_of, suffix, write_backup
from hjulet.base.commands import take_stock
from hjulet.base.disks import reason_of
from hjulet.base.operations import Refused
from hjulet.organisation.models import Person
from hjulet.organisation.units.queries import municipality
from hjulet.search.keeping import index_anew

MAX_LINE = 512 * 1024 * 1024


@dataclass(frozen=True)
class Restored:
    """What came back. `safety` is the backup of what was here before; `faults` those of the log, none when it is whole."""

    manifest: Manifest
    safety: Taken | None
    faults: int


def examine(path: Path, *, passphrase: str = "") -> Manifest:
    """Read all of a backup and judge it as `restore` would, but change nothing."""
    with opened(path, passphrase=passphrase) as backup:
        require_known(backup.manifest)
        backup.require_whole()
        return backup.manifest


def restore(path: Path, *, passphrase: str = "", overwrite: bool = False, with_safety: bool = True) -> Restored:
    """Put a backup in the place of what is here, and migrate it to this version.

    `with_safety` is false for a database that a newer version has made and this one cannot back up.

    Raises `Refused` when there is something here and `overwrite` does not say to take it away, and for a backup that
    is damaged, newer than the program or larger than the disk. Whatever goes wrong, what was here is left as it was.
    """
    with opened(path, passphrase=passphrase) as backup:
        require_known(backup.manifest)
        require_room(backup)
        backup.require_whole()
        safety = make_way(overwrite=overwrite, with_safety=with_safety, passphrase=passphrase)
        put_files(backup)
        with in_place_of_the_database():
            fill(backup)
            faults = len([*faults_of_chain(), *faults_of_readings()])
            note(backup.manifest, path)
            take_stock()
        ContentType.objects.clear_cache()
        return Restored(backup.manifest, safety, faults)


# May it be put back here?


def require_known(manifest: Manifest) -> None:
    """Every migration that the backup has gone through must be one of ours."""
    known = MigrationLoader(None).graph.nodes
    if any(node not in known for node in manifest.migrations.items()):
        raise newer(manifest.version)
    columns = {table.name: table.columns for table in tables_at(manifest.migrations)}
    if columns != {name: table["columns"] for name, table in manifest.tables.items()}:
        raise damaged("manifest.json")


def require_room(backup: Reader) -> None:
    """A small archive can be made to unpack to more than there is room for."""
    if backup.size > shutil.disk_usage(settings.DATA).free:
        raise Refused(
            _("Säkerhetskopian är %(size)s MB uppackad, och så mycket får inte plats på disken.")
            % {"size": backup.size // 1_000_000}
        )


def make_way(*, overwrite: bool, with_safety: bool, passphrase: str) -> Taken | None:
    """Take a safety backup of what is here. Raises `Refused` if nobody has said that it may go."""
    try:
        if not is_in_use() or (overwrite and not with_safety):
            return None
        if overwrite:
            passphrase = passphrase or settings.BACKUP_PASSPHRASE
            name = f"fore-aterstallning-{timezone.localtime():%Y-%m-%d-%H%M%S}{suffix(passphrase)}"
            return write_backup(settings.BACKUP_FOLDER / name, passphrase=passphrase)
    except DatabaseError as error:
        said = {"error": str(error).strip()}
        raise Refused(
            _(
                "Databasen som finns här går inte att läsa: %(error)s. "
                "Se efter att den är igång. Är den trasig, flytta undan den för hand och försök igen."
            )
            % said
        ) from error
    raise Refused(
        _(
            "Här finns redan en installation med innehåll. Ange --overwrite för att ersätta den; "
            "då säkerhetskopieras den först."
        )
    )


def is_in_use() -> bool:
    """Whether anything has happened here since the database was made."""
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
        return any(table in there and has_rows(cursor, table) for table in ("organisation_unit", "audit_event"))


def has_rows(cursor: Any, table: str) -> bool:
    cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - one of two names above
    return cursor.fetchone() is not None


# The files come first: files without rows harm nobody, rows without files would.


def put_files(backup: Reader) -> None:
    """Put each file where its row will look for it; one that is there already and is the same is left alone."""
    for name in backup.manifest.file_names:
        if stored_checksum(name) != backup.manifest.members[f"files/{name}"].sha256:
            store(backup, name)
    if WORD_TEMPLATE in backup.manifest.members and not settings.WORD_TEMPLATE.exists():
        unpack(backup, WORD_TEMPLATE, settings.WORD_TEMPLATE)


def stored_checksum(name: str) -> str | None:
    """None for a file that is not there. Raises `Refused` when the storage cannot tell."""
    try:
        with default_storage.open(name) as file:
            return checksum_of(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        said = {"path": name, "why": reason_of(error)}
        raise Refused(_("%(path)s går inte att läsa: %(why)s.") % said) from error


def store(backup: Reader, name: str) -> None:
    """On disk, all of the file or nothing; a storage without paths sees to that itself."""
    if isinstance(default_storage, FileSystemStorage):
        unpack(backup, f"files/{name}", Path(default_storage.path(name)))
        return
    with backup.member(f"files/{name}") as source:
        default_storage.save(name, File(source))


def unpack(backup: Reader, name: str, path: Path) -> None:
    with backup.member(name) as source, whole_file(path) as file:
        shutil.copyfileobj(source, file, PIECE)


# The database


@contextmanager
def in_place_of_the_database() -> Iterator[None]:
    """An empty database that takes the place of the one here when the block ends well, and else is forgotten."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            drop_all_tables()
            yield
            check_references()
        return
    beside = Path(f"{connection.settings_dict['NAME']}.restoring")
    remove_database(beside)
    try:
        beside.touch(mode=0o600)
        with database_at(beside):
            yield
        copy_over(beside, connection.settings_dict["NAME"])
    finally:
        remove_database(beside)


def drop_all_tables() -> None:
    """Inside a transaction: PostgreSQL gives all of them back if it does not end well."""
    with connection.cursor() as cursor:
        if names := connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {', '.join(map(connection.ops.quote_name, names))} CASCADE")


@contextmanager
def database_at(path: Path) -> Iterator[None]:
    """Let the connection lead to another SQLite file for a while."""
    place = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place


def copy_over(source: Path, target: Path) -> None:
    """Replace the content of the database in one transaction of SQLite's own.

    Exchanging the files would leave the journal of the old one beside the new one, and a running server at the old.
    """
    connect = connection.Database.connect
    with closing(connect(source)) as new, closing(connect(target, timeout=60)) as old:
        new.backup(old)


def remove_database(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def fill(backup: Reader) -> None:
    """Migrate to where the backup stood, load its rows, and migrate on from there to this version."""
    tables = tables_at(backup.manifest.migrations)
    check_references()
    MigrationExecutor(connection).migrate(list(backup.manifest.migrations.items()))
    with connection.constraint_checks_disabled(), transaction.atomic():
        defer_references()
        empty(tables)
        for table in tables:
            load(table, backup)
        set_last_ids(tables, backup.manifest.last_ids)
        require_references()
    check_references()
    ContentType.objects.clear_cache()
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    index_anew()


def defer_references() -> None:
    """Rows point at each other in circles: references are looked at when all are there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def require_references() -> None:
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise damaged("tables") from error


def check_references() -> None:
    """From here on at once: a table cannot be altered in the transaction while references of it wait to be looked at."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def load(table: Table, backup: Reader) -> None:
    name = f"tables/{table.name}.jsonl"
    with backup.member(name) as file:
        try:
            count = table.load(lines_of(file, name))
        except (TypeError, ValueError, ValidationError, DatabaseError) as error:
            raise damaged(name) from error
    if count != backup.manifest.tables[table.name]["rows"]:
        raise damaged(name)


def lines_of(file: Any, name: str) -> Iterator[bytes]:
    while line := file.readline(MAX_LINE):
        if not line.endswith(b"\n"):
            raise damaged(name)
        yield line


def note(manifest: Manifest, path: Path) -> None:
    if place := municipality():
        note_restore(
            place,
            by=Person.objects.machine(),
            file=path.name,
            sha256=checksum(path),
            created=manifest.created,
            rows=manifest.row_count,
            files=len(manifest.file_names),
        )
