"""Two servers beside each other on one database: what one of them knows, the other knows."""

import re
import signal
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.urls import reverse

from hjulet.actions.models import ProgressNote
from hjulet.base.middleware import FIELD
from hjulet.collaboration.clock.models import ClockRun
from hjulet.collaboration.notices.models import Notice
from tests import factories
from tests.actions import walks
from tests.backup.places import inside, migrate, place, start_hjulet, until
from tests.bench.server import Browser, free_port, wait_for


@pytest.fixture
def world(tmp_path, django_db_blocker):
    """A database of its own, with a manager who is late with an action."""
    with django_db_blocker.unblock(), place(tmp_path / "installation") as there, inside(there):
        migrate()
        home_care = factories.unit(factories.committee())
        manager = factories.person("Mika Chef", unit_manager=home_care)
        manager.password = Argon2PasswordHasher().encode(factories.PASSWORD, "salt for a test")
        manager.save()
        late = walks.plan(manager, home_care, owner_person=manager, due_date=date(2026, 3, 1))
        yield SimpleNamespace(place=there, manager=manager, late=late)


@contextmanager
def two_servers(there, *options):
    ports = [free_port(), free_port()]
    servers = [start_hjulet(there, "serve", f"--port={port}", *options) for port in ports]
    browsers = [Browser(HTTPConnection("127.0.0.1", port, timeout=60)) for port in ports]
    try:
        for port in ports:
            wait_for(port)
        yield browsers, servers
    finally:
        for browser in browsers:
            browser.connection.close()
        for server in servers:
            server.send_signal(signal.SIGINT)
        for server in servers:
            server.communicate()


def log_in(browser, password=factories.PASSWORD):
    """The session, or nothing when the door stayed shut."""
    fields = {"login": "mika.chef@example.org", "password": password}
    browser.session = ""
    _status, headers, _page = browser.send(reverse("account_login"), **fields)
    found = re.search(r"sessionid=(\w+)", " ".join(headers.get_all("Set-Cookie", [])))
    return found[1] if found else ""


def test_a_login_holds_at_both_and_a_form_sent_to_both_is_done_once(world):
    form = reverse("actions:note_progress", args=[world.late.pk])
    with two_servers(world.place, "--no-clock") as ([one, other], _servers):
        other.session = one.session = log_in(one)
        token = re.search(rf'name="{FIELD}" value="([^"]+)"', one.get(form))[1]

        led_to = [browser.post(form, text="Två besök är flyttade.", **{FIELD: token}) for browser in (one, other)]

    assert led_to == [world.late.get_absolute_url()] * 2
    assert [note.text for note in ProgressNote.objects.all()] == ["Två besök är flyttade."]


def test_failed_logins_are_counted_together(world):
    with two_servers(world.place, "--no-clock") as ([one, other], _servers):
        tries = [log_in(browser, "fel lösenord") for browser in (one, other, one, other, one)]

        assert (tries, log_in(other)) == ([""] * 5, "")


def test_the_clocks_of_both_tell_a_thing_once(world):
    with two_servers(world.place) as (_browsers, servers):
        until(ClockRun.objects.filter(duty="statistics").exists, servers[0])

    assert [(notice.kind, notice.person) for notice in Notice.objects.filter(kind="action_overdue")] == [
        ("action_overdue", world.manager)
    ]
    assert list(ClockRun.objects.exclude(fault="")) == []
