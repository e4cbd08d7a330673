"""Taking a backup while people work, by hand or once a night."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import locks
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.backup.archive import PART, PIECE, Manifest, Writer, whole_file, writing
from hjulet.backup.operations import note_backup
from hjulet.backup.rotation import kept
from hjulet.backup.tables import Table, applied_migrations, last_ids, line_of, snapshot, tables_at
from hjulet.base.commands import database_is_current
from hjulet.base.disks import reason_of
from hjulet.base.operations import Refused
from hjulet.organisation.models import Person
from hjulet.organisation.units.queries import municipality

NIGHT = "natt-"
SEALED, OPEN = ".krypterad", ".zip"
WORD_TEMPLATE = "settings/word-template.docx"


@dataclass(frozen=True)
class Taken:
    """A backup that lies on disk. `missing_files` are named by rows but were not in the storage."""

    path: Path
    rows: int
    files: int
    missing_files: list[str]


def suffix(passphrase: str) -> str:
    return SEALED if passphrase else OPEN


def take_backup(path: Path, *, passphrase: str = "") -> Taken:
    """Write everything to one new file, sealed when there is a passphrase, and say so in the log.

    Consistent while people work: all rows are read from one moment, and the files they name are never changed
    after they are written. Raises `Refused` when the file exists or cannot be written; then nothing is left of it.
    """
    if path.exists():
        raise Refused(_("%(path)s finns redan. Välj ett annat namn.") % {"path": path})
    taken = write_backup(path, passphrase=passphrase)
    note(taken, sealed=bool(passphrase))
    return taken


def write_backup(path: Path, *, passphrase: str = "") -> Taken:
    """As `take_backup`, without a word in the log."""
    manifest = Manifest(
        version=version("hjulet"),
        created=timezone.now().isoformat(),
        database=connection.vendor,
        migrations=applied_migrations(),
    )
    if not manifest.migrations:
        raise Refused(_("Databasen är tom. Det finns inget att säkerhetskopiera."))
    tables = tables_at(manifest.migrations)
    with whole_file(path, passphrase=passphrase) as file, writing(file) as writer:
        with snapshot():
            names = write_tables(tables, writer, manifest)
        write_files(names, writer, manifest)
        writer.finish(manifest)
    return Taken(path, manifest.row_count, len(manifest.file_names), manifest.missing_files)


def write_tables(tables: list[Table], writer: Writer, manifest: Manifest) -> list[str]:
    """Write all rows; returns the names of the files that they speak of."""
    for table in tables:
        with writer.member(f"tables/{table.name}.jsonl") as member:
            count = sum(write_row(member, row) for row in table.rows())
        manifest.tables[table.name] = {"columns": table.columns, "rows": count}
    manifest.last_ids = last_ids(tables)
    return sorted({name for table in tables for name in table.file_names()})


def write_row(member: Any, row: tuple) -> int:
    member.write(line_of(row))
    return 1


def write_files(names: list[str], writer: Writer, manifest: Manifest) -> None:
    for name in names:
        try:
            source = default_storage.open(name)
        except FileNotFoundError:
            manifest.missing_files.append(name)
        except OSError as error:
            said = {"path": name, "why": reason_of(error)}
            raise Refused(_("%(path)s går inte att läsa: %(why)s.") % said) from error
        else:
            with source:
                writer.copy(f"files/{name}", source)
    if settings.WORD_TEMPLATE.exists():
        writer.add(WORD_TEMPLATE, settings.WORD_TEMPLATE.read_bytes())


def note(taken: Taken, *, sealed: bool) -> None:
    """A database that waits for `hjulet migrate` gets no event: the operations are those of the new version."""
    if database_is_current() and (place := municipality()):
        note_backup(
            place,
            by=Person.objects.machine(),
            file=taken.path.name,
            sha256=checksum(taken.path),
            sealed=sealed,
            rows=taken.rows,
            files=taken.files,
        )


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return checksum_of(file)


def checksum_of(file: Any) -> str:
    """Of what is left to read. Not `file_digest`: what comes from far away is no file to it."""
    sha256 = hashlib.sha256()
    while piece := file.read(PIECE):
        sha256.update(piece)
    return sha256.hexdigest()


# Once a night


def nightly_backup(*, day: date, folder: Path | None = None, passphrase: str | None = None) -> Taken | None:
    """The backup of this day, and the old ones that need not be kept taken away; None when the day already has one.

    May be called any number of times a day and by several processes at once. `folder` and `passphrase` are those of
    the settings when they are not given. Raises `Refused` as `take_backup`; then no old backup has gone.
    """
    folder = settings.BACKUP_FOLDER if folder is None else folder
    passphrase = settings.BACKUP_PASSPHRASE if passphrase is None else passphrase
    with only_one(folder) as alone:
        if not alone or day in nights(folder):
            return None
        remove_halves(folder)
        taken = take_backup(folder / f"{NIGHT}{day}{suffix(passphrase)}", passphrase=passphrase)
        remove_old(folder)
        return taken


@contextmanager
def only_one(folder: Path) -> Iterator[bool]:
    """Whether we are the only one at work in the folder. The lock goes with the process, also a killed one."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = (folder / ".lock").open("w")
    except OSError as error:
        said = {"path": folder, "why": reason_of(error)}
        raise Refused(_("Det går inte att skriva i mappen %(path)s: %(why)s.") % said) from error
    with file:
        yield locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)


def nights(folder: Path) -> dict[date, list[Path]]:
    """The nightly backups of the folder by day; what has another name is not ours to judge."""
    found: dict[date, list[Path]] = {}
    for path in sorted(folder.glob(f"{NIGHT}*")):
        if day := day_of(path.name):
            found.setdefault(day, []).append(path)
    return found


def latest_backup() -> datetime | None:
    """When the newest whole backup in the folder was written, by night or by hand; None when there is none."""
    folder = settings.BACKUP_FOLDER
    written = [path.stat().st_mtime for ending in (SEALED, OPEN) for path in folder.glob(f"[!.]*{ending}")]
    return datetime.fromtimestamp(max(written), UTC) if written else None


def day_of(name: str) -> date | None:
    for ending in (SEALED, OPEN):
        if name.endswith(ending):
            try:
                return date.fromisoformat(name.removeprefix(NIGHT).removesuffix(ending))
            except ValueError:
                return None
    return None


def remove_halves(folder: Path) -> None:
    """What a killed process left half written."""
    for path in folder.glob(f".{NIGHT}*{PART}"):
        path.unlink()


def remove_old(folder: Path) -> None:
    found = nights(folder)
    for day in found.keys() - kept(found):
        for path in found[day]:
            path.unlink()
