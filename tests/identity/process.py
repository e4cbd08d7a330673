"""An identity provider is a process of its own that the tests start, tell what to say, and stop."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit
from urllib.request import Request, urlopen

CONTROL = "/control"


class Told:
    """What the provider is to say next, and what it was asked. Changed by a POST to `/control`."""

    def __init__(self):
        self.says, self.asked = {}, []

    @property
    def now(self):
        """The clock of a test stands still, and the provider lives by the same."""
        return int(self.says.get("now") or time.time())


class Handler(BaseHTTPRequestHandler):
    """`pages` maps a path to a method of the subclass; each answers by one of the three below."""

    told: Told
    pages: dict[str, str]

    @property
    def address(self):
        return f"http://localhost:{self.server.server_port}"

    def do_GET(self):
        self.answer({})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        path = urlsplit(self.path).path
        if path == CONTROL:
            self.told.says, self.told.asked = json.loads(body), []
            self.send_json({})
        else:
            self.answer(dict(parse_qsl(body)))

    def answer(self, form):
        place = urlsplit(self.path)
        if place.path == CONTROL:
            return self.send_json(self.told.asked)
        if place.path not in self.pages:
            return self.send_page("Sidan finns inte", status=404)
        asked = dict(parse_qsl(place.query)) | form
        self.told.asked.append([place.path, asked])
        return getattr(self, self.pages[place.path])(asked)

    def send_json(self, content, status=200):
        self.send(json.dumps(content).encode(), "application/json", status)

    def send_page(self, heading, body="", status=200):
        page = f'<!DOCTYPE html><html lang="sv"><title>{heading}</title><h1>{heading}</h1>{body}</html>'
        self.send(page.encode(), "text/html; charset=utf-8", status)

    def send_on(self, address):
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send(self, content, media_type, status):
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


def serve(handler):
    """Say the port and serve until stopped."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


class Provider:
    """The test's end of it."""

    def __init__(self, address):
        self.address = address

    def says(self, **says):
        self.post(says)

    def asked(self, path):
        with urlopen(self.address + CONTROL, timeout=10) as answer:
            return [asked for place, asked in json.load(answer) if place == path]

    def post(self, says):
        request = Request(self.address + CONTROL, json.dumps(says).encode(), {"Content-Type": "application/json"})
        urlopen(request, timeout=10).close()


@contextmanager
def running(module):
    process = subprocess.Popen([sys.executable, "-m", module], stdout=subprocess.PIPE, text=True)
    try:
        yield Provider(f"http://localhost:{int(process.stdout.readline())}")
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
