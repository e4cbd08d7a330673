from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from hjulet.reporting.outside_links import asking
from hjulet.reporting.outside_links.asking import NOTHING, Answer, NotAsked, ask, is_open

pytestmark = pytest.mark.once


class Answering(BaseHTTPRequestHandler):
    """Says what the path says; only a GET finds /bara-get, and /runt leads to itself."""

    def do_HEAD(self):
        self.answer(405 if self.path == "/bara-get" else None)

    def do_GET(self):
        self.answer(200 if self.path == "/bara-get" else None)

    def answer(self, status):
        self.server.heard.append((self.command, self.path, self.headers["Host"]))
        if self.path in {"/runt", "/vidare", "/in"}:
            self.send_response(302)
            onward = {"/runt": "/runt", "/vidare": "/200", "/in": "http://169.254.169.254/"}[self.path]
            self.send_header("Location", onward)
        else:
            self.send_response(status or int(self.path[1:] or 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.heard = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def at(site, path):
    return f"http://127.0.0.1:{site.server_port}{path}"


def here_too(number):
    return number == "127.0.0.1" or is_open(number)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("", Answer(True, 200)),
        ("/200", Answer(True, 200)),
        ("/bara-get", Answer(True, 200)),
        ("/vidare", Answer(True, 200)),
        ("/403", Answer(True, 403)),
        ("/404", Answer(False, 404)),
        ("/410", Answer(False, 410)),
        ("/500", Answer(False, 500)),
        ("/runt", NOTHING),
    ],
)
def test_what_an_address_answers(site, path, answer):
    assert ask(at(site, path), may_ask=here_too) == answer


def test_the_place_is_told_its_own_name_and_nothing_of_ours(site):
    ask(at(site, "/200"), may_ask=here_too)

    assert site.heard == [("HEAD", "/200", f"127.0.0.1:{site.server_port}")]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "https://192.168.1.1:8443/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:///",
    ],
)
def test_what_lies_within_the_own_net_is_never_asked(address):
    with pytest.raises(NotAsked):
        ask(address)


def test_nor_what_is_led_there_from_outside(site):
    with pytest.raises(NotAsked):
        ask(at(site, "/in"), may_ask=lambda number: number == "127.0.0.1")


def test_a_name_that_nobody_has_and_a_door_that_is_closed(site, monkeypatch):
    site.shutdown()
    site.server_close()
    assert ask(at(site, "/200"), may_ask=here_too) == NOTHING

    def nobody(*_args, **_more):
        raise OSError

    monkeypatch.setattr(asking.socket, "getaddrinfo", nobody)
    assert ask("http://finns.inte.example/", may_ask=here_too) == NOTHING
