"""A real site at a place: `hjulet serve` in processes of its own, and somebody who is logged in there."""

import http.client
import os
import signal
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.message import Message
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from lxml import html
from time_machine import escape_hatch

from tests.backup.places import start_hjulet, until

PATIENCE = 60  # seconds; only a test that fails waits so long


@dataclass
class Answer:
    status: int
    headers: Message
    text: str


class Browser:
    """Asks one thing at a time, each in a connection of its own."""

    def __init__(self, port, cookie):
        self.port, self.cookies = port, {"sessionid": cookie}

    def ask(self, method, path, body=None):
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            wire.request(method, path, body and urlencode(body), headers)
            response = wire.getresponse()
            for cookie in response.headers.get_all("Set-Cookie") or []:
                name, _is, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(response.status, response.headers, response.read().decode())
        finally:
            wire.close()

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body):
        return self.ask("POST", path, body)


def form_of(answer, **typed):
    """What a browser would send of the form with most fields."""
    forms = [form for form in html.fromstring(answer.text).forms if form.method == "POST"]
    fields = max(forms, key=lambda form: len(form.fields)).fields
    return {name: (value or "").removeprefix("\n") for name, value in fields.items()} | typed


def session_of(person):
    """A session of the database where we stand, as after a login; the site goes by the real clock."""
    now = escape_hatch.datetime.datetime.now(UTC)
    person.last_login = now
    person.save(update_fields=["last_login"])
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.set_expiry(now + timedelta(hours=1))
    session.create()
    return session.session_key


@contextmanager
def serving(place, person, **more):
    """The site, answering; gives the person's browser. All its processes are gone when the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    key = session_of(person)
    words = ("serve", "--no-clock", "--port", port)
    server = start_hjulet(place, *words, HJULET_SECRET_KEY=settings.SECRET_KEY, **more)
    try:
        until(lambda: answers(port), server)
        yield Browser(port, key)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.communicate()


def answers(port):
    with socket.socket() as wire:
        return wire.connect_ex(("127.0.0.1", port)) == 0
