"""The embedded database lets go of a file that is no longer the one at its address."""

import shutil

import pytest
from django.db.utils import ConnectionHandler


@pytest.fixture
def kept(tmp_path, django_db_blocker):
    """A connection to a database with a row in it, that has been left open by the page before."""
    settings = {"ENGINE": "hjulet.base.sqlite", "NAME": tmp_path / "kept.sqlite3"}
    connection = ConnectionHandler({"default": settings | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}})["default"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE word (text)")
            cursor.execute("INSERT INTO word VALUES ('som det var')")
        next_page(connection)
        yield connection
        connection.close()


def next_page(connection):
    connection.close_if_unusable_or_obsolete()


def words(connection):
    with connection.cursor() as cursor:
        return [text for (text,) in cursor.execute("SELECT text FROM word")]


def test_the_next_page_takes_over_the_connection(kept):
    opened = kept.connection

    assert words(kept) == ["som det var"]
    assert kept.connection is opened


def test_a_file_that_was_put_in_its_place_is_read_by_the_next_page(kept):
    path = kept.settings_dict["NAME"]
    opened = kept.connection
    restored = path.with_name("restored.sqlite3")
    shutil.copy(path, restored)
    restored.replace(path)

    with kept.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES ('efter')")
    next_page(kept)

    assert kept.connection is not opened
    assert words(kept) == ["som det var", "efter"]


def test_a_file_that_is_gone_is_not_written_to(kept):
    path = kept.settings_dict["NAME"]
    away = path.rename(path.with_name("away.sqlite3"))
    path.mkdir()

    with pytest.raises(Exception, match="unable to open database file"):
        words(kept)
    path.rmdir()
    away.rename(path)
    next_page(kept)

    assert words(kept) == ["som det var"]
