"""The index follows the audit log, and can be written anew at any time."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from hjulet.actions.operations import change_action
from hjulet.audit.models import Chain
from hjulet.collaboration.comments.operations import comment_on, withdraw_comment
from hjulet.organisation.reorganisations.models import Kind
from hjulet.search import fulltext, operations
from hjulet.search.fulltext import add_words
from hjulet.search.keeping import index_anew, keep_up
from hjulet.search.models import Entry, Progress
from hjulet.search.queries import is_behind, search
from hjulet.search.sources import SOURCES
from tests import factories
from tests.actions.walks import plan
from tests.factories import committee, person, unit
from tests.organisation.reorganisations.walks import TODAY, done_today, drafted, full, home, merged
from tests.search.walks import counts, titles, year_of_every_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care):
    return person("Eva Chef", unit_manager=home_care)


def content():
    fields = ("source", "object_id", "bearer", "bearer_id", "kind", "unit", "title", "body", "day")
    return set(Entry.objects.values_list(*fields))


def test_following_the_log_gives_what_writing_anew_gives():
    year_of_every_kind()
    index_anew()
    by_rows = content()
    Entry.objects.all().delete()
    Progress.objects.all().delete()

    keep_up()

    made_beside_the_operations = {"organisation.unit", "organisation.person", "rulebook.qualityarea"}
    assert content() == {row for row in by_rows if row[0] not in made_beside_the_operations}


def test_a_reorganisation_is_followed_as_anything_else():
    place = home()
    there = full(place, place.north)
    keep_up()
    merge = merged(place.administrator, *place.units, effective_date=TODAY)
    done_today(
        drafted(
            place.administrator,
            Kind.MOVE,
            [factories.unit(place.office, "Väster")],
            parent=place.south,
            effective_date=TODAY,
        ),
        place.administrator,
    )
    done_today(merge, place.administrator)
    keep_up()
    by_log = {row for row in content() if row[0].partition(".")[0] != "organisation"}

    index_anew()

    assert by_log == {row for row in content() if row[0].partition(".")[0] not in {"organisation", "rulebook"}}
    assert Entry.objects.get(source="actions.action", object_id=there.open_action.pk).unit.name == "Hemtjänsten"
    assert Entry.objects.get(source="actions.action", object_id=there.closed_action.pk).unit == place.north
    assert titles(place.developer, "stängd") == {"atgarder": ["Stängd"]}


def test_what_is_saved_is_found_as_it_stands(home_care, manager):
    action = plan(manager, home_care, title="Ny rutin")
    keep_up()
    assert titles(manager, "rutin") == {"atgarder": ["Ny rutin"]}

    change_action(action, by=manager, revision=action.revision, title="Nytt schema")
    keep_up()
    assert (titles(manager, "rutin"), titles(manager, "schema")) == ({}, {"atgarder": ["Nytt schema"]})


def test_what_is_borne_follows_its_bearer(home_care, manager):
    action = plan(manager, home_care, title="Ny rutin")
    comment = comment_on(action, by=manager, text="Äntligen!")
    keep_up()

    change_action(action, by=manager, revision=action.revision, title="Nytt schema")
    keep_up()
    assert titles(manager, "äntligen") == {"kommentarer": ["Nytt schema"]}

    withdraw_comment(comment, by=manager, reason="Fel.")
    keep_up()
    assert set(Entry.objects.values_list("source", flat=True)) == {"actions.action"}


def test_nothing_is_done_when_nothing_has_happened(home_care, manager, django_assert_num_queries):
    plan(manager, home_care)
    assert is_behind()
    keep_up()

    with django_assert_num_queries(1):
        keep_up()
    assert Progress.objects.get().event_number == Chain.objects.get().length


def test_a_long_log_is_followed_a_piece_at_a_time(home_care, manager, monkeypatch):
    monkeypatch.setattr(operations, "EVENTS_AT_A_TIME", 2)
    for number in range(3):
        plan(manager, home_care, title=f"Rutin {number}")

    keep_up()
    assert counts(manager, "rutin") == {"atgarder": 2}
    keep_up()
    assert counts(manager, "rutin") == {"atgarder": 3}


def test_writing_anew_mends_whatever_was_wrong(home_care, manager):
    plan(manager, home_care, title="Ny rutin")
    index_anew()
    whole = content()
    Entry.objects.filter(source="actions.action").update(title="Fel", object_id=9999)
    Entry.objects.create(
        source="gone.model",
        object_id=1,
        bearer="actions.action",
        bearer_id=1,
        kind="mal",
        title="",
        body="",
        day="2026-01-01",
    )
    add_words([(987_654, "mal", ["rutin"], [])])

    index_anew()
    index_anew()

    assert content() == whole
    assert titles(manager, "rutin") == {"atgarder": ["Ny rutin"]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_words")
        assert cursor.fetchone() == (Entry.objects.count(),)


def test_an_index_from_before_the_kinds_were_among_its_words_gets_them(home_care, manager, monkeypatch):
    plan(manager, home_care, title="Ny rutin")
    monkeypatch.setattr(fulltext, "KIND", "utan")
    index_anew()
    monkeypatch.undo()
    assert search(manager, "rutin", kind="atgarder").count == 0

    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=lambda sql, **_: cursor.execute(sql))
        import_module("hjulet.search.migrations.0005_kind_among_the_words").name_kinds(None, editor)

    assert search(manager, "rutin", kind="atgarder").count == 1
    assert search(manager, "rutin", kind="risker").count == 0


def test_the_words_are_kept_as_they_are_made_for_the_database():
    """Also where the table is older: on PostgreSQL nothing waits in a list that every look-up goes through."""
    kept = {
        "sqlite": "SELECT sql FROM sqlite_schema WHERE name = 'search_words'",
        "postgresql": "SELECT replace(pg_get_indexdef('search_words_words'::regclass), 'public.', '')",
    }
    with connection.cursor() as cursor:
        cursor.execute(kept[connection.vendor])
        (definition,) = cursor.fetchone()

    assert normal(definition) == normal(fulltext.CREATE[connection.vendor][-1])


def normal(definition):
    """Without what a database writes in its own way."""
    return definition.lower().replace("'", "").replace(" = ", "=")


def test_the_command_says_how_many_rows(home_care, manager, capsys):
    plan(manager, home_care)

    call_command("search_index")

    assert capsys.readouterr().out == f"Sökregistret är klart: {Entry.objects.count()} rader.\n"
    assert not is_behind()


def test_titles_are_in_the_language_of_the_installation():
    year_of_every_kind()
    with translation.override("en"):
        index_anew()

    assert "Riskanalys 2026, Äldrenämnden" in set(Entry.objects.values_list("title", flat=True))


@pytest.mark.parametrize(
    "verb",
    [
        operations.catch_up,
        operations.start_over,
        operations.remove_leftovers,
        lambda by: operations.index_rows(SOURCES[0], [], by=by),
    ],
)
def test_only_the_machine_keeps_the_index(manager, verb):
    with pytest.raises(PermissionDenied):
        verb(by=manager)


@pytest.mark.django_db(transaction=True)
def test_the_index_follows_each_commit():
    home_care = unit(committee())
    manager = person("Eva Chef", unit_manager=home_care)

    plan(manager, home_care, title="Ny rutin")

    assert titles(manager, "rutin") == {"atgarder": ["Ny rutin"]}
    Entry.objects.all().delete()
