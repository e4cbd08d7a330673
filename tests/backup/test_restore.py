"""What was backed up comes back: every row, every file, and the log whole."""

from contextlib import closing, contextmanager

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from hjulet.audit.models import Chain, Event
from hjulet.audit.queries import faults_of_chain
from hjulet.backup.restoring import examine, restore
from hjulet.backup.tables import LEFT_OUT
from hjulet.backup.taking import take_backup
from hjulet.base.operations import Refused
from hjulet.library.models import Installation
from hjulet.organisation.models import Person, Unit
from tests import factories
from tests.backup.archives import rewritten
from tests.backup.places import content, inside, migrate, on_sqlite, place, run, start_hjulet, until
from tests.conftest import NOW


def without_the_log(rows):
    return {
        table: rows for table, rows in rows.items() if table not in {"audit_chain", "audit_event", "sqlite_sequence"}
    }


def test_the_year_that_is_compared_holds_values_of_every_kind(world):
    models = apps.get_models(include_auto_created=True)
    kept = [model for model in models if model._meta.db_table not in LEFT_OUT]
    fields = [(model._meta.db_table, field) for model in kept for field in model._meta.local_concrete_fields]
    filled = {
        field.get_internal_type()
        for table, field in fields
        if any(row[field.column] is not None for row in world.rows.get(table, []))
    }

    assert filled == {field.get_internal_type() for _table, field in fields}
    assert sum(bool(rows) for rows in world.rows.values()) > 40
    assert len(world.files) == 3


def test_everything_comes_back_into_an_empty_installation(world, empty_place):
    restored = restore(world.backup)

    rows, files = content()
    assert without_the_log(rows) == without_the_log(world.rows)
    assert rows["audit_event"][:-1] == world.rows["audit_event"]
    assert files == world.files
    assert settings.WORD_TEMPLATE.read_bytes() == b"the municipality's own form"
    assert (restored.safety, restored.faults, list(faults_of_chain())) == (None, 0, [])


def test_the_log_goes_on_with_the_restoring(world, empty_place):
    before = len(world.rows["audit_event"])

    restore(world.backup)

    last = Event.objects.first()
    assert (last.number, last.verb, last.actor_id) == (before + 1, "installation.restored", Person.objects.machine().pk)
    assert (last.after["file"], last.after["rows"], last.after["files"]) == ("world.zip", world.taken.rows, 3)
    assert Chain.objects.get().length == before + 1


def test_tables_go_on_counting_where_they_were_and_keep_their_guards(world, empty_place):
    """A number that was given out is never given again, also when its row is gone."""
    restore(world.backup)

    address = Person.objects.get(email="ake@example.org").emailaddress_set.create(email="new@example.org")
    assert address.pk == world.rows["account_emailaddress"][-1]["id"] + 2
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()


def test_a_backup_of_this_version_is_restored_into_the_next(world, empty_place, settings):
    settings.MIGRATION_MODULES = {"rulebook": "tests.backup.next_version"}

    restore(world.backup)

    rows, files = content()
    areas = rows["rulebook_qualityarea"]
    assert [area.pop("short_name") for area in areas] == [
        area["name"][:5].upper() for area in world.rows["rulebook_qualityarea"]
    ]
    assert without_the_log(rows) == without_the_log(world.rows)
    assert rows["audit_event"][:-1] == world.rows["audit_event"]
    assert (files, list(faults_of_chain())) == (world.files, [])


def test_a_database_one_migration_behind_is_backed_up_and_comes_back_in_this_version(unblocked, tmp_path):
    with place(tmp_path / "old") as old, inside(old):
        migrate_but_one("library", "0001_initial")
        factories.committee()
        Installation.objects.create(library="x", version="1", by=Person.objects.machine(), at=NOW)
        before, _files = content()
        take_backup(tmp_path / "old.zip")
    with place(tmp_path / "new") as new, inside(new):
        manifest = restore(tmp_path / "old.zip").manifest

        rows, _files = content()
        assert manifest.migrations["library"] == "0001_initial"
        assert without_the_log(rows) == without_the_log(before)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Installation.objects.all().delete()


def migrate_but_one(app, earlier):
    """All migrations of this version but those after `earlier` in one app."""
    executor = MigrationExecutor(connection)
    leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] != app]
    executor.migrate([*leaves, (app, earlier)])
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def test_a_backup_of_a_newer_version_is_refused(world, unblocked, tmp_path, settings):
    settings.MIGRATION_MODULES = {"rulebook": "tests.backup.next_version"}
    with place(tmp_path / "next") as there, inside(there):
        restore(world.backup)
        take_backup(tmp_path / "next.zip")
    settings.MIGRATION_MODULES = {}

    for judge in (examine, restore):
        with pytest.raises(Refused) as refused:
            judge(tmp_path / "next.zip")
        assert str(refused.value) == (
            "Säkerhetskopian är gjord med en nyare version av Kvalitetshjulet (0.1.0). "
            "Installera den versionen eller en senare och försök igen."
        )


def test_a_backup_in_a_newer_format_is_refused(world, tmp_path):
    newer = rewritten(world.backup, tmp_path / "newer.zip", manifest={"format": 2, "version": "9.1"})

    with pytest.raises(Refused, match=r"nyare version av Kvalitetshjulet \(9\.1\)"):
        examine(newer)


def test_it_goes_through_the_other_database_and_back_unchanged(world, empty_place, tmp_path):
    """With the real commands: whatever the world lies on, through SQLite and back."""
    folder = tmp_path / "sqlite"

    there = on_sqlite(folder, "restore", world.backup)
    back = on_sqlite(folder, "backup", tmp_path / "back.zip")
    restore(tmp_path / "back.zip")

    rows, files = content()
    assert (there.returncode, there.stderr, back.returncode, back.stderr) == (0, "", 0, "")
    assert there.stdout == (
        f"Säkerhetskopian är från 2026-03-16 10:00, version 0.1.0: {world.taken.rows} rader och 3 filer.\n"
        "Allt är återställt. Starta om webbplatsen. Alla får logga in igen.\n"
    )
    assert without_the_log(rows) == without_the_log(world.rows)
    assert rows["audit_event"][:-2] == world.rows["audit_event"]
    assert (files, list(faults_of_chain())) == (world.files, [])


# Over what is here


def test_an_installation_in_use_is_not_replaced_unasked(world, standing_place):
    before = content()

    with pytest.raises(Refused, match="Ange --overwrite för att ersätta den"):
        restore(world.backup)

    assert content() == before


def test_what_is_replaced_is_backed_up_first(world, standing_place):
    Unit.objects.filter(kind="committee").update(name="Skolnämnden")
    before, _files = content()

    restored = restore(world.backup, overwrite=True)

    rows, files = content()
    assert (without_the_log(rows), files) == (without_the_log(world.rows), world.files)
    restore(restored.safety.path, overwrite=True)
    assert without_the_log(content()[0]) == without_the_log(before)


def test_a_file_that_is_there_but_spoilt_is_replaced(world, standing_place):
    name, *_others = world.files
    spoilt = settings.MEDIA_ROOT / name
    spoilt.parent.mkdir(parents=True)
    spoilt.write_bytes(b"spoilt")

    restore(world.backup, overwrite=True)

    assert content()[1] == world.files


def test_an_installation_that_is_only_migrated_counts_as_empty(world, empty_place):
    migrate()

    restore(world.backup)

    assert without_the_log(content()[0]) == without_the_log(world.rows)


def test_a_fault_of_the_log_that_came_with_the_backup_is_told_and_not_hidden(broken_log, empty_place):
    _out, err = run("restore", broken_log)

    assert err == "Ändringsloggen har 1 fel som fanns redan i säkerhetskopian. ”hjulet audit verify” visar dem.\n"
    assert [fault.number for fault in faults_of_chain()] == [3]


def test_a_restore_that_fails_late_leaves_what_was_here(world, standing_place, tmp_path):
    """The archive is whole, but some of its rows point at rows that are not there."""
    broken = rewritten(world.backup, tmp_path / "b.zip", {"tables/organisation_decision.jsonl": b""}, honest=True)
    before, _files = content()

    with pytest.raises(Refused, match="är skadad eller ändrad: tables stämmer inte"):
        restore(broken, overwrite=True)

    assert content()[0] == before


def test_a_database_that_cannot_be_read_is_left_for_people(world, tmp_path):
    (tmp_path / "hjulet.sqlite3").write_bytes(b"no database at all" * 100)

    answer = on_sqlite(tmp_path, "restore", world.backup, "--overwrite")

    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == (
        "Fel: Databasen som finns här går inte att läsa: file is not a database. "
        "Se efter att den är igång. Är den trasig, flytta undan den för hand och försök igen.\n"
    )
    assert not (tmp_path / "files").exists()


def test_a_restore_that_is_killed_leaves_what_was_here(world, standing_place):
    """Somebody reads or writes, so that it cannot end; it is killed when the safety backup has been taken."""
    before, _files = content()
    with held_database(standing_place):
        restoring = start_hjulet(standing_place, "restore", world.backup, "--overwrite")
        until(lambda: list(settings.BACKUP_FOLDER.glob("fore-aterstallning-*.zip")), restoring)
        restoring.kill()
        restoring.communicate()

    assert content()[0] == before
    restore(world.backup, overwrite=True)
    assert without_the_log(content()[0]) == without_the_log(world.rows)


@contextmanager
def held_database(there):
    """Nobody else can replace the database meanwhile."""
    if connection.vendor == "sqlite":
        with closing(connection.Database.connect(there.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE organisation_unit IN ACCESS SHARE MODE")
            yield
