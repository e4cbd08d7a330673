"""`hjulet check`: a line for each thing, and a status that a script can act on."""

import io
import os
from datetime import timedelta

import pytest
from django.core.management import call_command, load_command_class
from django.db import connection

from hjulet.collaboration.clock.operations import note_failed, note_finished
from hjulet.upkeep import findings
from tests.collaboration.clock.rounds import machine
from tests.collaboration.notices.mail_server import serving
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sound(settings, tmp_path):
    """An installation that looks after itself, in a folder of its own, without a mail server."""
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.BACKUP_FOLDER, settings.BACKUP_NIGHTLY = tmp_path / "backups", True
    settings.SETTINGS_WARNINGS, settings.MAIL_IS_SET = [], False
    (tmp_path / "secret-key").touch(mode=0o600)
    note_finished("mail", by=machine(), count=0)
    backup_taken(tmp_path, hours_ago=5)


def backup_taken(folder, *, hours_ago):
    file = folder / "backups" / "natt-2026-03-16.zip"
    file.parent.mkdir(exist_ok=True)
    file.touch()
    then = (NOW - timedelta(hours=hours_ago)).timestamp()
    os.utime(file, (then, then))


def check():
    """The lines by what they are about, the last line, and the status."""
    out, status = io.StringIO(), 0
    try:
        call_command(load_command_class("hjulet.upkeep", "check_installation"), stdout=out)
    except SystemExit as end:
        status = end.code
    *lines, last = out.getvalue().splitlines()
    said = {}
    for line in lines:
        what, sentence = line[8:].split(": ", 1)
        said[what] = (line[:8].strip(), sentence)
    return said, last, status


def test_goes_through_everything():
    said, last, status = check()

    engine = (
        f"PostgreSQL {connection.pg_version // 10_000}"
        if connection.vendor == "postgresql"
        else "Den inbyggda databasen"
    )
    free = said.pop("Disken för data"), said.pop("Disken för kopior")
    assert {level for level, _sentence in free} <= {"ok", "varning"}
    assert said == {
        "Inställningarna": ("ok", "Alla inställningar är kända och går ihop."),
        "Datamappen": ("ok", f"Det går att skriva i {findings.settings.DATA}."),
        "Databasen": ("ok", f"{engine} svarar."),
        "Databasens version": ("ok", "Databasen passar den här versionen."),
        "Gemensamt minne": ("ok", "Inloggningsspärren delas mellan processerna."),
        "Klockan": ("ok", "Klockan går."),
        "Bilagorna": ("ok", "Det går att skriva i mappen för bilagor."),
        "Säkerhetskopior": ("ok", "Den senaste är 5 timmar gammal."),
        "Mejlen": ("varning", "Ingen mejlserver är angiven (HJULET_MAIL). Inga mejl skickas."),
    }
    assert (last, status) == ("Det går, men det finns något att se över.", 0)


def test_all_is_well(settings, monkeypatch):
    monkeypatch.setattr(findings, "FEW_MEGABYTES", 0)
    monkeypatch.setattr(findings, "NO_MEGABYTES", 0)
    settings.MAIL_IS_SET = True
    with serving(settings):
        said, last, status = check()

    assert (said["Mejlen"], last, status) == (("ok", "Mejlservern svarar."), "Allt är bra.", 0)


def test_a_fault_ends_with_status_1(settings):
    settings.MAIL_IS_SET = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    said, last, status = check()

    assert said["Mejlen"] == ("fel", "Mejlservern svarar inte eller tar inte emot oss (ConnectionRefusedError).")
    assert (last, status) == ("Det finns fel att rätta.", 1)


def test_what_should_be_seen_to(settings, tmp_path):
    settings.SETTINGS_WARNINGS = ["HJULET_X är ingen inställning och gör inget."]
    (tmp_path / "secret-key").chmod(0o644)
    backup_taken(tmp_path, hours_ago=50)
    note_failed("backup", by=machine(), fault="x")

    said, _last, status = check()

    assert {
        what: sentence for what, (level, sentence) in said.items() if level == "varning" and "Disk" not in what
    } == {
        "Inställningarna": "HJULET_X är ingen inställning och gör inget.",
        "Datamappen": f"Andra kan läsa den hemliga nyckeln. Kör: chmod 600 {tmp_path}/secret-key",
        "Säkerhetskopior": "Den senaste är 50 timmar gammal.",
        "Klockan": "Det här gick inte senast: Nattens säkerhetskopia.",
        "Mejlen": "Ingen mejlserver är angiven (HJULET_MAIL). Inga mejl skickas.",
    }
    assert status == 0


def test_backups_that_are_not_there_and_those_of_others(settings, tmp_path):
    (tmp_path / "backups" / "natt-2026-03-16.zip").unlink()
    none = check()[0]["Säkerhetskopior"]
    settings.BACKUP_NIGHTLY = False
    others = check()[0]["Säkerhetskopior"]

    assert none == ("varning", "Det finns ingen säkerhetskopia än.")
    assert others == ("ok", "Tas på annat sätt än av klockan (HJULET_BACKUP_NIGHTLY är nej).")


@pytest.mark.parametrize(("free", "level"), [(100, "fel"), (1_000, "varning"), (5_000, "ok")])
def test_a_disk_that_is_getting_full(monkeypatch, free, level):
    usage = findings.shutil.disk_usage("/")._replace(free=free * 1_000_000)
    monkeypatch.setattr(findings.shutil, "disk_usage", lambda _folder: usage)

    assert check()[0]["Disken för data"] == (level, f"{'Bara ' if level != 'ok' else ''}{free} MB är lediga.")


@pytest.mark.parametrize(
    ("server", "is_warned"),
    [
        ({"HOST": "db.kommun.se", "OPTIONS": {}}, True),
        ({"HOST": "db.kommun.se", "OPTIONS": {"sslmode": "verify-full"}}, False),
        ({"HOST": "/var/run/postgresql", "OPTIONS": {}}, False),
        ({"HOST": "127.0.0.1", "OPTIONS": {}}, False),
    ],
)
def test_a_database_over_the_net_should_be_encrypted(server, is_warned):
    assert bool(findings.in_clear(server)) is is_warned
