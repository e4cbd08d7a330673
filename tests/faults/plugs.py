"""The way to a database, with a plug that can be pulled: all connections break, and no new one is taken."""

import os
import socket
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from django.db import connection


class File:
    """SQLite lies in a folder; a disk that is gone has none."""

    def __init__(self, place):
        self.path, self.away = Path(place.database), Path(f"{place.database}.away")
        self.surroundings = {}

    def pull(self):
        self.path.rename(self.away)
        self.path.mkdir()

    def put_back(self):
        self.path.rmdir()
        self.away.rename(self.path)


class Wire:
    """PostgreSQL is reached through a wire of ours."""

    def __init__(self, place):
        address = urlsplit(os.environ["HJULET_DATABASE"])
        folder = parse_qs(address.query).get("host", [""])[0]
        self.server = f"{folder}/.s.PGSQL.5432" if folder else (address.hostname, address.port or 5432)
        self.ends, self.is_in = [], True
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        who = address.netloc.rpartition("@")[0] or "postgres"
        through = address._replace(netloc=f"{who}@127.0.0.1:{port}", path=f"/{place.database}", query="")
        self.surroundings = {"HJULET_DATABASE": urlunsplit(through)}
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        with suppress(OSError):
            while True:
                here, _address = self.listener.accept()
                if self.is_in:
                    self.lead_on(here)
                else:
                    here.close()

    def lead_on(self, here):
        there = socket.socket(socket.AF_UNIX if isinstance(self.server, str) else socket.AF_INET)
        there.connect(self.server)
        self.ends += [here, there]
        for source, target in ((here, there), (there, here)):
            threading.Thread(target=pour, args=(source, target), daemon=True).start()

    def pull(self):
        self.is_in = False
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.ends = []

    def put_back(self):
        self.is_in = True


def pour(source, target):
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_RDWR)


@contextmanager
def plug_of(place):
    if connection.vendor == "sqlite":
        yield File(place)
        return
    wire = Wire(place)
    try:
        yield wire
    finally:
        wire.pull()
        wire.listener.close()
