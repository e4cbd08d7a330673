"""Asks an address of somebody else's whether it is still there: only in the open net, and without saying who asks what."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urljoin, urlsplit

import urllib3

SECONDS: Final = 10
MOST_TURNS: Final = 5
# There, but only for those who log in, who ask in another way or less often.
ANSWERS_ALL_THE_SAME: Final = {401, 403, 405, 406, 407, 429, 451, 503}
PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Answer:
    """What came back: `status` is None when nothing did."""

    works: bool
    status: int | None = None


class NotAsked(Exception):
    """The address does not lead out into the open net."""


NOTHING: Final = Answer(works=False)


def is_open(address: str) -> bool:
    return ip_address(address).is_global


def ask(address: str, *, may_ask: Callable[[str], bool] = is_open) -> Answer:
    """What the address answers, after at most `MOST_TURNS` that lead on; each place is looked at before it is asked.

    Raises `NotAsked` for what is not http or https, or leads to a place that `may_ask` says no to.
    """
    for _turn in range(MOST_TURNS):
        response = head(address, may_ask)
        if response is None:
            return NOTHING
        onward = response.headers.get("Location")
        if not (300 <= response.status < 400 and onward):
            return answer_of(response.status)
        address = urljoin(address, onward)
    return NOTHING


def answer_of(status: int) -> Answer:
    return Answer(status < 400 or status in ANSWERS_ALL_THE_SAME, status)


def head(address: str, may_ask: Callable[[str], bool]) -> urllib3.BaseHTTPResponse | None:
    """None when nobody answers. It is connected to the very number that was looked at, whatever the name says next."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotAsked
    number = number_of(parts.hostname, parts.port or PORTS[parts.scheme])
    if number is None:
        return None
    if not may_ask(number):
        raise NotAsked
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": "Kvalitetshjulet"}
    try:
        with pool_of(parts.scheme, parts.hostname, number, parts.port or PORTS[parts.scheme]) as pool:
            for method in ("HEAD", "GET"):
                response = pool.request(method, path, headers=headers, redirect=False, preload_content=False)
                response.close()
                if response.status not in {400, 404, 405, 501}:
                    break
            return response
    except urllib3.exceptions.HTTPError:
        return None


def number_of(host: str, port: int) -> str | None:
    try:
        return str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    except (OSError, UnicodeError):
        return None


def pool_of(scheme: str, host: str, number: str, port: int) -> urllib3.HTTPConnectionPool:
    timing = {"timeout": urllib3.Timeout(SECONDS), "retries": False}
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(number, port, server_hostname=host, assert_hostname=host, **timing)
    return urllib3.HTTPConnectionPool(number, port, **timing)
