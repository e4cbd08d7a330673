"""A new version and back again: a copy is taken first, and old code does not start on the database of a newer one."""

import pytest
from django.conf import settings as ours
from django.core.management.base import CommandError
from django.db import connection

from hjulet.backup.restoring import restore
from hjulet.base import commands
from hjulet.base.operations import Refused
from hjulet.organisation.models import Unit
from tests.backup.places import content, run

NEXT = {"rulebook": "tests.backup.next_version"}


@pytest.fixture
def looked_after(settings):
    settings.BACKUP_NIGHTLY = True


def copies():
    return sorted(path.name for path in ours.BACKUP_FOLDER.glob("*.zip"))


def test_what_was_there_is_copied_before_the_database_is_changed(begun_place, looked_after, settings):
    settings.MIGRATION_MODULES = NEXT

    said, _err = run("migrate_database")

    assert copies() == ["fore-uppgradering-2026-03-16-100000.zip"]
    assert said.splitlines() == [
        (
            f"Det som fanns före uppgraderingen är säkerhetskopierat i {ours.BACKUP_FOLDER / copies()[0]}. "
            "Behåll den tills den nya versionen har gått bra."
        ),
        "Databasen är klar.",
    ]


def test_nothing_is_copied_when_nothing_is_there_or_changed(empty_place, looked_after):
    first, _err = run("migrate_database")
    again, _err = run("migrate_database")

    assert (first, again, copies()) == ("Databasen är klar.\n", "Databasen är klar.\n", [])


def test_nothing_is_copied_where_somebody_else_sees_to_it(begun_place, settings):
    settings.MIGRATION_MODULES = NEXT

    said, _err = run("migrate_database")

    assert (said, copies()) == ("Databasen är klar.\n", [])


def test_an_upgrade_without_room_for_the_copy_changes_nothing(begun_place, looked_after, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MIGRATION_MODULES, settings.BACKUP_FOLDER = NEXT, tmp_path / "file"

    with pytest.raises(Refused):
        run("migrate_database")

    settings.MIGRATION_MODULES = {}
    commands.require_database()


def test_the_way_back(begun_place, looked_after, settings):
    """The new version is tried, something is done in it, and the old one is put back with the copy."""
    before, _files = content()
    settings.MIGRATION_MODULES = NEXT
    run("migrate_database")
    Unit.objects.update(name="Bytt i den nya")
    settings.MIGRATION_MODULES = {}
    copy = ours.BACKUP_FOLDER / copies()[0]

    for start in (commands.require_database, lambda: run("migrate_database")):
        with pytest.raises(CommandError, match=r"^Databasen är gjord av en nyare version .* --without-safety"):
            start()
    with pytest.raises(Refused, match="^Databasen är nyare än programmet"):
        restore(copy, overwrite=True)
    run_restore(copy)

    after, _files = content()
    assert after["organisation_unit"] == before["organisation_unit"]
    assert "short_name" not in columns_of("rulebook_qualityarea")
    commands.require_database()


def run_restore(copy):
    said, err = run("restore", copy, "--overwrite", "--without-safety")

    assert (said.splitlines()[-1], err) == ("Allt är återställt. Starta om webbplatsen. Alla får logga in igen.", "")
    assert copies() == [copy.name]


def columns_of(table):
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}
