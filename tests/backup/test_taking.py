"""A backup while people work, and the one of the night."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from hjulet.audit.models import Event
from hjulet.audit.operations import record
from hjulet.backup.duties import back_up
from hjulet.backup.restoring import examine
from hjulet.backup.tables import snapshot
from hjulet.backup.taking import nightly_backup, only_one, take_backup
from hjulet.base.operations import Refused
from hjulet.organisation.models import Person, Unit
from tests.backup.archives import members_of
from tests.backup.places import start_hjulet, until
from tests.backup.test_archive import refused
from tests.faults.disks import room_for

WORDS = "en lång lösenfras för prov"
MONDAY = date(2026, 3, 16)


def elsewhere(function):
    """Do it in another thread, with a connection of its own to the place where we stand."""
    name = connection.settings_dict["NAME"]

    def there():
        connection.settings_dict["NAME"] = name
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(there).result()


def write_event(number):
    with transaction.atomic():
        record("unit.changed", by=Person.objects.machine(), target=Unit.objects.first(), after={"number": number})


def test_who_writes_meanwhile_does_not_wait_and_is_not_seen(begun_place):
    write_event(1)
    with snapshot():
        seen = [Event.objects.count()]
        elsewhere(lambda: write_event(2))
        seen.append(Event.objects.count())

    assert (seen, Event.objects.count()) == ([1, 1], 2)


def test_a_backup_taken_while_people_work_is_of_one_moment(begun_place, tmp_path):
    """The end of the chain is the last event, in every backup, though the two are read one after the other."""
    name, busy = connection.settings_dict["NAME"], True

    def work():
        connection.settings_dict["NAME"] = name
        number = 0
        while busy:
            write_event(number := number + 1)
        connection.close()
        return number

    write_event(0)
    with ThreadPoolExecutor(1) as thread:
        worker = thread.submit(work)
        backups = [take_backup(tmp_path / f"{number}.zip").path for number in range(5)]
        busy = False
        written = worker.result()

    for backup in backups:
        members = members_of(backup)
        [(_id, last_hash, length)] = map(json.loads, members["tables/audit_chain.jsonl"].splitlines())
        events = [json.loads(line) for line in members["tables/audit_event.jsonl"].splitlines()]
        assert (len(events), events[-1][-1]) == (length, last_hash)
    assert Event.objects.count() == 1 + written + len(backups)


def test_the_log_says_that_a_backup_was_taken_and_how_to_know_it_again(begun_place, tmp_path):
    taken = take_backup(tmp_path / "b.zip", passphrase=WORDS)

    event = Event.objects.get()
    assert (event.verb, str(event.actor_name), event.target_id) == (
        "installation.backed_up",
        "Kvalitetshjulet",
        Unit.objects.get(kind="municipality").pk,
    )
    assert event.after == {
        "file": "b.zip",
        "sha256": event.after["sha256"],
        "sealed": True,
        "rows": taken.rows,
        "files": 0,
    }
    assert len(event.after["sha256"]) == 64


def test_a_sealed_backup_says_nothing_without_the_passphrase(standing_place, tmp_path):
    taken = take_backup(tmp_path / "b.krypterad", passphrase=WORDS)

    assert refused(examine, taken.path) == "Lösenfrasen stämmer inte. Skriv den igen."
    assert examine(taken.path, passphrase=WORDS).row_count == taken.rows


def test_a_file_that_is_gone_from_the_disk_is_told_and_stops_nothing(world, standing_place, tmp_path):
    """The place has the rows of the world and none of its files."""
    taken = take_backup(tmp_path / "b.zip")

    assert taken.missing_files == sorted(world.files)
    assert examine(taken.path).missing_files == sorted(world.files)


def test_a_file_that_cannot_be_read_stops_the_backup(world, standing_place, tmp_path):
    name = min(world.files)
    (settings.MEDIA_ROOT / name).mkdir(parents=True)

    assert refused(take_backup, tmp_path / "b.zip") == f"{name} går inte att läsa: det är en mapp."
    assert not (tmp_path / "b.zip").exists()


def test_a_file_that_exists_is_not_written_over(begun_place, tmp_path):
    (tmp_path / "b.zip").touch()

    assert refused(take_backup, tmp_path / "b.zip") == f"{tmp_path / 'b.zip'} finns redan. Välj ett annat namn."


def test_an_empty_database_is_not_backed_up(empty_place, tmp_path):
    assert refused(take_backup, tmp_path / "b.zip") == "Databasen är tom. Det finns inget att säkerhetskopiera."


def test_a_database_newer_than_the_program_is_not_backed_up_by_halves(begun_place, tmp_path):
    MigrationRecorder(connection).record_applied("planning", "9999_from_the_future")

    assert refused(take_backup, tmp_path / "b.zip") == (
        "Databasen är nyare än programmet. Installera programmets senaste version först."
    )


def test_a_full_disk_leaves_no_half_backup(standing_place, tmp_path):
    folder, before = tmp_path / "backups", Event.objects.count()

    with room_for(100_000):
        said = refused(take_backup, folder / "b.zip")

    assert said.endswith("filen får inte bli så stor. Inget är sparat.")
    assert list(folder.iterdir()) == []
    assert Event.objects.count() == before


# The night


def names():
    return sorted(path.name for path in settings.BACKUP_FOLDER.iterdir() if path.name != ".lock")


def test_one_a_night_however_often_it_is_asked_for(begun_place):
    first = nightly_backup(day=MONDAY)
    second = nightly_backup(day=MONDAY)
    next_night = nightly_backup(day=MONDAY + timedelta(1))

    assert (first.path.name, second, next_night.path.name) == ("natt-2026-03-16.zip", None, "natt-2026-03-17.zip")
    assert names() == ["natt-2026-03-16.zip", "natt-2026-03-17.zip"]
    assert Event.objects.filter(verb="installation.backed_up").count() == 2


def test_one_a_night_also_when_the_passphrase_has_come_between(begun_place, settings):
    nightly_backup(day=MONDAY)
    settings.BACKUP_PASSPHRASE = WORDS

    assert nightly_backup(day=MONDAY) is None
    assert nightly_backup(day=MONDAY + timedelta(1)).path.name == "natt-2026-03-17.krypterad"
    assert examine(settings.BACKUP_FOLDER / "natt-2026-03-17.krypterad", passphrase=WORDS).tables


def test_two_at_once_make_one(begun_place):
    with only_one(settings.BACKUP_FOLDER) as alone:
        meanwhile = nightly_backup(day=MONDAY)

    assert (alone, meanwhile, names()) == (True, None, [])
    assert nightly_backup(day=MONDAY) is not None


def test_old_nights_go_and_what_is_not_of_the_night_stays(begun_place):
    folder = settings.BACKUP_FOLDER
    folder.mkdir()
    others = ["hjulet-2020-01-01.zip", "natt-i-maj.zip", "natt-2020-01-01.txt"]
    for name in [*others, *(f"natt-{MONDAY - timedelta(days)}.zip" for days in range(1, 40))]:
        (folder / name).touch()

    nightly_backup(day=MONDAY)

    # Seven days, the Sundays of the two weeks before (of the third, the first of March is one too), the months' last.
    assert set(names()) - set(others) == {
        *(f"natt-{MONDAY - timedelta(days)}.zip" for days in range(7)),
        "natt-2026-03-08.zip",
        "natt-2026-03-01.zip",
        "natt-2026-02-28.zip",
    }
    assert set(others) <= set(names())


def test_when_the_night_fails_no_old_backup_goes(standing_place):
    folder = settings.BACKUP_FOLDER
    folder.mkdir()
    old = [f"natt-{MONDAY - timedelta(days)}.zip" for days in range(1, 40)]
    for name in old:
        (folder / name).touch()

    with room_for(100_000), pytest.raises(Refused):
        nightly_backup(day=MONDAY)

    assert names() == sorted(old)


def test_a_folder_that_cannot_be_made_is_told(begun_place, tmp_path):
    (tmp_path / "file").touch()

    assert refused(nightly_backup, day=MONDAY, folder=tmp_path / "file") == (
        f"Det går inte att skriva i mappen {tmp_path / 'file'}: det finns en fil där mappen skulle ligga."
    )


def test_a_killed_night_leaves_no_backup_and_is_made_up_for(world, standing_place):
    """It is killed while it waits for a file: a pipe in its place that nobody writes to."""
    pipe = settings.MEDIA_ROOT / min(world.files)
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    night = start_hjulet(standing_place, "backup", "--nightly")
    until(lambda: list(settings.BACKUP_FOLDER.glob(".natt-*.part")), night)
    night.kill()
    night.communicate()
    left = names()

    pipe.unlink()
    taken = nightly_backup(day=MONDAY)

    assert len(left) == 1
    assert left[0].endswith(".part")
    assert names() == [taken.path.name]


def test_the_clock_takes_it_once_and_only_where_it_is_asked_to(begun_place, settings):
    machine = Person.objects.machine()

    assert (back_up(machine, MONDAY), settings.BACKUP_FOLDER.exists()) == (0, False)
    settings.BACKUP_NIGHTLY = True
    assert ([back_up(machine, MONDAY), back_up(machine, MONDAY)], names()) == ([1, 0], ["natt-2026-03-16.zip"])
