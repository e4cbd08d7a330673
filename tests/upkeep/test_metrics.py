import os
import subprocess
import sys

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from hjulet.backup.taking import latest_backup
from hjulet.collaboration.clock.operations import note_failed, note_finished
from hjulet.collaboration.models import Notice
from hjulet.upkeep import metrics, queries
from tests.actions.walks import plan
from tests.collaboration.clock.rounds import machine
from tests.conftest import NOW
from tests.factories import committee, person

pytestmark = pytest.mark.django_db

TOKEN = "ett-prov-med-minst-tjugo-tecken"


@pytest.fixture(autouse=True)
def _token(settings, tmp_path):
    settings.METRICS_TOKEN = TOKEN
    settings.BACKUP_FOLDER = tmp_path


def read(client, token=TOKEN):
    return client.get(reverse("upkeep:figures"), headers={"authorization": f"Bearer {token}", "host": "10.0.0.7"})


def values(client):
    """Every sample of ours as (name, labels): value, read by Prometheus' own parser."""
    families = text_string_to_metric_families(read(client).content.decode())
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value for family in families for sample in family.samples
    }


def test_there_is_no_such_page_without_the_token(client, settings):
    wrong = [read(client, token) for token in ("", "fel", TOKEN + "x", "å")]
    settings.METRICS_TOKEN = ""
    unset = [read(client, token) for token in ("", TOKEN)]

    assert [answer.status_code for answer in wrong + unset] == [404] * 6


def test_is_in_the_form_of_prometheus_and_is_not_kept(client):
    answer = read(client)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]


def test_counts_answers_by_page_and_status(client):
    login = ("hjulet_http_requests_total", ("method", "GET"), ("route", "account_login"), ("status", "200"))
    nowhere = ("hjulet_http_requests_total", ("method", "GET"), ("route", "(ingen sida)"), ("status", "404"))
    seconds = ("hjulet_http_request_seconds_count", ("route", "account_login"))
    before = values(client)

    client.get("/konto/login/")
    client.get("/konto/login/?hemligt=1")
    client.get("/hemlig/adress/")
    after = values(client)

    assert [after[key] - before.get(key, 0) for key in (login, nowhere, seconds)] == [2, 1, 2]
    assert after["hjulet_database_statements_total",] > before["hjulet_database_statements_total",]
    assert "hemlig" not in read(client).content.decode()


def test_counts_what_nobody_took_care_of(client, monkeypatch):
    def stumble(*_args):
        raise ZeroDivisionError

    client.raise_request_exception = False
    client.force_login(person("Åsa Ek"))
    before = values(client)
    client.get("/personer/4711/")  # not found: no fault
    monkeypatch.setattr("hjulet.base.gallery.views.render", stumble)
    client.get(reverse("base:gallery"))
    after = values(client)

    grown = {key[1:] for key in after if key[0] == "hjulet_exceptions_total" and after[key] != before.get(key, 0)}
    assert grown == {(("type", "ZeroDivisionError"),)}


def test_tells_how_things_stand(client, settings):
    note_finished("mail", by=machine(), count=2)
    note_failed("backup", by=machine(), fault="Det gick inte.")
    unit = committee()
    reader = person("Åsa Ek", unit_manager=unit)
    action = plan(reader, unit)
    Notice.objects.create(
        person=reader,
        kind="action.overdue",
        target=action,
        unit=unit,
        due_date=NOW.date(),
        created_at=NOW,
        mail_due_at=NOW,
        mail_failures=1,
    )
    SessionStore().save()
    (settings.BACKUP_FOLDER / "natt-2026-03-16.zip").write_bytes(b"x")
    (settings.BACKUP_FOLDER / ".natt-2026-03-17.zip").write_bytes(b"half")

    now = values(client)

    assert now["hjulet_clock_finished_timestamp_seconds", ("duty", "mail")] == NOW.timestamp()
    assert ("hjulet_clock_finished_timestamp_seconds", ("duty", "backup")) not in now
    assert (now["hjulet_clock_fault", ("duty", "mail")], now["hjulet_clock_fault", ("duty", "backup")]) == (0, 1)
    assert (now["hjulet_mail_due",], now["hjulet_mail_retrying",], now["hjulet_sessions_active",]) == (1, 1, 1)
    assert now["hjulet_backup_timestamp_seconds",] == latest_backup().timestamp()
    assert (now["hjulet_database_up",], now["hjulet_build_info", ("version", metrics.version("hjulet"))]) == (1, 1)
    assert now["hjulet_search_lag_events",] >= 0


def test_asks_the_same_few_things_however_much_there_is(client, django_assert_num_queries):
    read(client)
    expected = 5 + (connection.vendor == "postgresql")

    with django_assert_num_queries(expected):
        read(client)


def test_tells_that_the_database_is_away(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(queries, "runs", refuse)

    now = values(client)

    assert now["hjulet_database_up",] == 0
    assert ("hjulet_sessions_active",) not in now


def test_adds_up_what_several_processes_have_counted(client, tmp_path, monkeypatch):
    """Two processes, each in turn: what one has counted is there when the other is asked, and when it has gone."""
    folder = tmp_path / "together"
    folder.mkdir()
    program = (
        "from prometheus_client import CollectorRegistry, Counter;"
        "Counter('hjulet_exceptions', 'x', ['type'], registry=CollectorRegistry()).labels('KeyError').inc(%s)"
    )
    for count in (2, 3):
        surroundings = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder)}
        subprocess.run([sys.executable, "-c", program % count], env=surroundings, check=True)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(folder))

    assert values(client)["hjulet_exceptions_total", ("type", "KeyError")] == 5
