"""How the installation stands, a sentence for each thing: what a probe asks for, and all that `hjulet check` tells."""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from hjulet.backup.taking import latest_backup
from hjulet.base.commands import of_ours
from hjulet.collaboration.clock.queries import clock_page

OLDEST_POSTGRESQL = 14
FEW_MEGABYTES, NO_MEGABYTES = 2_000, 200
OLD_BACKUP_HOURS = 48
LOCAL = {"", "localhost", "127.0.0.1", "::1"}


class Level(StrEnum):
    OK = "ok"
    WARNING = "varning"
    FAULT = "fel"


@dataclass(frozen=True)
class Finding:
    what: str
    level: Level
    said: str

    @property
    def is_fault(self) -> bool:
        return self.level == Level.FAULT

    @property
    def is_warning(self) -> bool:
        return self.level == Level.WARNING


def judged(what: str, good: str, *, fault: str = "", warning: str = "") -> Finding:
    """The worst that is said of a thing, else that it is well."""
    if fault:
        return Finding(what, Level.FAULT, fault)
    return Finding(what, Level.WARNING, warning) if warning else Finding(what, Level.OK, good)


# What each has to be before pages can be shown


def database() -> Finding:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return Finding("Databasen", Level.FAULT, "Databasen svarar inte.")
    if connection.vendor == "sqlite":
        return Finding("Databasen", Level.OK, "Den inbyggda databasen svarar.")
    version = connection.pg_version // 10_000
    old = f"PostgreSQL {version} är för gammal. Minst version {OLDEST_POSTGRESQL} behövs."
    return judged(
        "Databasen",
        f"PostgreSQL {version} svarar.",
        fault=old if version < OLDEST_POSTGRESQL else "",
        warning=in_clear(connection.settings_dict),
    )


def in_clear(server: dict[str, Any]) -> str:
    if server["HOST"].startswith("/") or server["HOST"] in LOCAL or "sslmode" in server["OPTIONS"]:
        return ""
    return "Förbindelsen till databasen är inte säkert krypterad. Lägg till ?sslmode=verify-full i HJULET_DATABASE."


def schema() -> Finding:
    known, required = migrations_of_code()
    applied = set(MigrationRecorder(connection).applied_migrations())
    if of_ours(applied) - known:
        return Finding("Databasens version", Level.FAULT, "Databasen är gjord av en nyare version av programmet.")
    missing = required - applied
    return judged(
        "Databasens version",
        "Databasen passar den här versionen.",
        fault="Databasen är inte klar för den här versionen. Kör ”hjulet migrate”." if missing else "",
    )


@cache
def migrations_of_code() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """All there are, and those that must have been applied. Every file of them is read, so once a process."""
    loader = MigrationLoader(None)
    return set(loader.disk_migrations), set(loader.graph.nodes)


def common_cache() -> Finding:
    try:
        shared_cache.get("upkeep")
    except DatabaseError:
        return Finding("Gemensamt minne", Level.FAULT, "Tabellen cache saknas i databasen. Kör ”hjulet migrate”.")
    return Finding("Gemensamt minne", Level.OK, "Inloggningsspärren delas mellan processerna.")


def files() -> Finding:
    if hasattr(default_storage, "require_answer"):
        try:
            default_storage.require_answer()
        except OSError:
            return Finding("Bilagorna", Level.FAULT, "Lagringen för bilagor svarar inte, eller tar inte emot nyckeln.")
        return Finding("Bilagorna", Level.OK, "Lagringen för bilagor svarar.")
    return judged(
        "Bilagorna",
        "Det går att skriva i mappen för bilagor.",
        fault="" if is_writable(Path(settings.MEDIA_ROOT)) else "Det går inte att skriva i mappen för bilagor.",
    )


def clock() -> Finding:
    page = clock_page()
    faults = [str(row.name) for row in page.rows if row.run and row.run.fault]
    silent = "Klockan har inte gått på mer än ett dygn." if page.is_silent else ""
    return judged(
        "Klockan",
        "Klockan går.",
        warning=silent or (f"Det här gick inte senast: {', '.join(faults)}." if faults else ""),
    )


# What only a person at the server is told


def environment() -> Iterator[Finding]:
    for sentence in settings.SETTINGS_WARNINGS:
        yield Finding("Inställningarna", Level.WARNING, sentence)
    if not settings.SETTINGS_WARNINGS:
        yield Finding("Inställningarna", Level.OK, "Alla inställningar är kända och går ihop.")


def data_folder() -> Finding:
    key = settings.DATA / "secret-key"
    is_open = key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077
    return judged(
        "Datamappen",
        f"Det går att skriva i {settings.DATA}.",
        fault="" if is_writable(settings.DATA) else f"Det går inte att skriva i {settings.DATA}.",
        warning=f"Andra kan läsa den hemliga nyckeln. Kör: chmod 600 {key}" if is_open else "",
    )


def disk_space() -> Iterator[Finding]:
    for name, folder in {"Disken för data": settings.DATA, "Disken för kopior": settings.BACKUP_FOLDER}.items():
        free = shutil.disk_usage(nearest(folder)).free // 1_000_000
        yield judged(
            name,
            f"{free} MB är lediga.",
            fault=f"Bara {free} MB är lediga." if free < NO_MEGABYTES else "",
            warning=f"Bara {free} MB är lediga." if free < FEW_MEGABYTES else "",
        )


def backups() -> Finding:
    latest = latest_backup()
    if not settings.BACKUP_NIGHTLY:
        return Finding("Säkerhetskopior", Level.OK, "Tas på annat sätt än av klockan (HJULET_BACKUP_NIGHTLY är nej).")
    if latest is None:
        return Finding("Säkerhetskopior", Level.WARNING, "Det finns ingen säkerhetskopia än.")
    hours = int((timezone.now() - latest).total_seconds() // 3600)
    said = f"Den senaste är {hours} timmar gammal."
    return judged("Säkerhetskopior", said, warning=said if hours > OLD_BACKUP_HOURS else "")


def mail() -> Finding:
    if not settings.MAIL_IS_SET:
        return Finding("Mejlen", Level.WARNING, "Ingen mejlserver är angiven (HJULET_MAIL). Inga mejl skickas.")
    server = get_connection(timeout=5)
    try:
        server.open()
        server.close()
    except OSError as error:
        return Finding(
            "Mejlen", Level.FAULT, f"Mejlservern svarar inte eller tar inte emot oss ({type(error).__name__})."
        )
    return Finding("Mejlen", Level.OK, "Mejlservern svarar.")


# Together


def readiness() -> list[Finding]:
    return asked_of_the_database([schema, common_cache, files, clock])


def everything() -> Iterator[Finding]:
    yield from environment()
    yield data_folder()
    yield from disk_space()
    yield from asked_of_the_database([schema, common_cache, clock])
    yield files()
    yield backups()
    yield mail()


def asked_of_the_database(questions: list[Callable[[], Finding]]) -> list[Finding]:
    """Nothing more can be asked of a database that is away or of another version."""
    found = [database()]
    for question in questions:
        if any(finding.is_fault for finding in found):
            break
        found.append(question())
    return found


def is_writable(folder: Path) -> bool:
    """Tried for real: rights do not tell of a disk that is full or has turned read-only."""
    try:
        with tempfile.TemporaryFile(dir=nearest(folder)) as file:
            file.write(os.urandom(64))
    except OSError:
        return False
    return True


def nearest(folder: Path) -> Path:
    """The folder, or the one it will be made in."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())
