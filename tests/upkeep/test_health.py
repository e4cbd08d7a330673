import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from hjulet.base.object_storage import ObjectStorage
from hjulet.collaboration.clock.operations import note_finished
from hjulet.upkeep import findings
from tests.collaboration.clock.rounds import machine

pytestmark = pytest.mark.django_db

SILENT = "Klockan har inte gått på mer än ett dygn."


@pytest.fixture
def clock_goes():
    note_finished("mail", by=machine(), count=0)


def readiness(client):
    answer = client.get(reverse("upkeep:ready"), headers={"host": "10.0.0.7:8000"})
    return answer.status_code, answer.json()


def test_living_is_told_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(reverse("upkeep:alive"), headers={"host": "10.0.0.7"})

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert answer.cookies == {}


def test_ready_when_all_is_well(client, clock_goes):
    assert readiness(client) == (200, {"ready": True, "faults": [], "warnings": []})


def test_asks_little_of_the_database(client, clock_goes, django_assert_num_queries):
    readiness(client)

    with django_assert_num_queries(5):
        readiness(client)


def test_a_silent_clock_is_no_reason_to_send_people_elsewhere(client):
    assert readiness(client) == (200, {"ready": True, "faults": [], "warnings": [SILENT]})


def test_not_ready_before_the_database_is_migrated(client):
    MigrationRecorder(connection).record_unapplied("audit", "0001_initial")

    assert readiness(client) == (
        503,
        {
            "ready": False,
            "faults": ["Databasen är inte klar för den här versionen. Kör ”hjulet migrate”."],
            "warnings": [],
        },
    )


def test_not_ready_on_the_database_of_a_newer_version(client):
    MigrationRecorder(connection).record_applied("audit", "9999_from_the_future")

    status, said = readiness(client)

    assert (status, said["faults"]) == (503, ["Databasen är gjord av en nyare version av programmet."])


def test_not_ready_without_a_database_and_says_nothing_of_where_it_is(client, monkeypatch):
    def refuse():
        raise DatabaseError('connection to server at "db.hemlig.se", user "hjulet" failed')

    monkeypatch.setattr(connections["default"], "ensure_connection", refuse)
    monkeypatch.setattr(connections["default"], "close", lambda: None)

    assert readiness(client) == (503, {"ready": False, "faults": ["Databasen svarar inte."], "warnings": []})


def test_not_ready_without_the_table_that_the_processes_share(client, monkeypatch):
    def refuse(*_args):
        raise DatabaseError("no such table: cache")

    monkeypatch.setattr(type(caches["default"]), "get", refuse)

    status, said = readiness(client)

    assert (status, said["faults"]) == (503, ["Tabellen cache saknas i databasen. Kör ”hjulet migrate”."])


def test_not_ready_when_attachments_cannot_be_written(client, clock_goes, settings, monkeypatch):
    def refuse(**_given):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(findings.tempfile, "TemporaryFile", refuse)

    status, said = readiness(client)

    assert (status, said["faults"]) == (503, ["Det går inte att skriva i mappen för bilagor."])


def test_not_ready_when_the_storage_does_not_answer(client, clock_goes, monkeypatch):
    # Port 9 of this machine: nobody listens there.
    storage = ObjectStorage(
        bucket_name="hink", endpoint_url="http://127.0.0.1:9", access_key="x", secret_key="y", region_name="us-east-1"
    )
    monkeypatch.setattr(findings, "default_storage", storage)

    status, said = readiness(client)

    assert (status, said["faults"]) == (503, ["Lagringen för bilagor svarar inte, eller tar inte emot nyckeln."])


def test_nothing_is_answered_below_the_addresses_of_the_probes(client):
    assert client.get("/halsa/annat/").status_code == 404
    assert client.post(reverse("upkeep:alive")).status_code == 405
