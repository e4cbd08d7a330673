"""The real server, as a municipality runs it, and a browser's worth of HTTP."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

START = "from hjulet.config.command_line import main; main()"
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def browser(self, session: str) -> "Browser":
        return Browser(HTTPConnection("127.0.0.1", self.port, timeout=120), session)

    def workers(self) -> list[int]:
        """The processes that answer; the one that started them only waits."""
        return [int(key) for key in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def forget_peak(self) -> None:
        for pid in self.workers():
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak(self) -> float:
        """The most memory that any of them has held since, in MB."""
        return max(int(PEAK.search(Path(f"/proc/{pid}/status").read_text())[1]) for pid in self.workers()) / 1024


@contextmanager
def server(environment: dict[str, str], *options: str) -> Iterator[Server]:
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HJULET_")}
    running = subprocess.Popen(
        [sys.executable, "-c", START, "serve", f"--port={port}", *options],
        env=clean | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield Server(port, running.pid)
    finally:
        running.terminate()
        running.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


def wait_for(port: int) -> None:
    for _try in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no server on port {port}")


@dataclass
class Browser:
    """One person's: keeps the connection and the session; follows nothing."""

    connection: HTTPConnection
    session: str = ""
    csrf: str = "a" * 32

    def get(self, url: str) -> str:
        status, _headers, body = self.ask("GET", url)
        if status != 200:
            raise RuntimeError(f"{url} answered {status}")
        return body

    def post(self, url: str, **fields: str) -> str:
        """Send a form; returns where it led, for one that was taken leads on."""
        status, headers, _body = self.send(url, **fields)
        if status != 302:
            raise RuntimeError(f"{url} answered {status}")
        return headers["Location"]

    def send(self, url: str, **fields: str) -> tuple[int, Message, str]:
        body = urlencode(fields | {"csrfmiddlewaretoken": self.csrf})
        return self.ask("POST", url, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def ask(self, method: str, url: str, body: str = "", headers: Any = None) -> tuple[int, Message, str]:
        cookies = f"sessionid={self.session}; csrftoken={self.csrf}"
        ours = {"Cookie": cookies, "Host": "localhost"}  # one name for all servers, as behind a proxy
        self.connection.request(method, url, body or None, ours | (headers or {}))
        answer = self.connection.getresponse()
        content = answer.read()
        return answer.status, answer.headers, content.decode(errors="replace")
