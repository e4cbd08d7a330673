"""How long a page takes from the real server, and how much of that is the database."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from tqdm import tqdm

from hjulet.organisation.models import Person
from tests.bench.pages import Page, pages
from tests.bench.place import find
from tests.bench.server import Server, server

WARM_UP = 2
PASSES_OF_A_FILE = 3
AT_ONCE = 8
PACES = 5


@dataclass(frozen=True)
class Measured:
    """Times in milliseconds, memory in MB. `bare` is the page's slowest statement, alone and with all its rows fetched.

    `pace` is the yardstick while the page was visited: a machine that others work on too changes from minute to minute.
    """

    name: str
    statements: int
    p50: float
    p95: float
    p50_of_8: float
    p95_of_8: float
    per_second: float
    bare: float
    peak: float
    pace: float


def measure_all(passes: int, only: str, environment: dict[str, str]) -> list[dict[str, Any]]:
    """Every page, or those with `only` in their names."""
    with server(environment, "--no-clock") as running:
        asked = [page for page in pages(find()) if only in page.name]
        return [vars(measure(page, running, passes)) for page in tqdm(asked, unit="page", file=sys.stderr)]


def measure(page: Page, running: Server, passes: int) -> Measured:
    client = logged_in(page.person)
    browser = running.browser(session_of(client))
    others = cycle([running.browser(session_of(logged_in(person))) for person in page.others] or [browser])

    for _ in range(1 if page.is_file else WARM_UP):
        browser.get(page.url)
    running.forget_peak()
    paces = timed(loop, PACES)
    visits = min(PASSES_OF_A_FILE, passes) if page.is_file else passes
    times = timed(lambda: next(others).get(page.url), visits, page.before)
    paces += timed(loop, PACES)
    together, span = ([], 1.0) if page.is_file else by_eight(page, running, browser.session, max(1, passes // 4))
    peak = running.peak()
    statements = statements_of(lambda: client.get(page.url))
    reading = [said for said in statements if said[0].startswith("SELECT")]
    bare = max(median(timed(lambda said=said: run(*said), 3)) for said in reading)
    return Measured(
        name=page.name,
        statements=len(statements),
        p50=median(times),
        p95=last_twentieth(times),
        p50_of_8=median(together or [0]),
        p95_of_8=last_twentieth(together or [0, 0]),
        per_second=len(together) / span,
        bare=bare,
        peak=peak,
        pace=median(paces),
    )


def logged_in(person: Person) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


def session_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def by_eight(page: Page, running: Server, session: str, passes: int) -> tuple[list[float], float]:
    """As `at_once`, when they have met every thread of every process once: each has a connection of its own to open."""
    at_once(page, running, session, 1)
    return at_once(page, running, session, passes)


def at_once(page: Page, running: Server, session: str, passes: int) -> tuple[list[float], float]:
    """The times when eight ask again and again, and the seconds that it took in all."""

    def ask(_number: int) -> list[float]:
        browser = running.browser(session)
        return timed(lambda: browser.get(page.url), passes)

    start = perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as askers:
        times = [time for asked in askers.map(ask, range(AT_ONCE)) for time in asked]
    return times, perf_counter() - start


def last_twentieth(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def yardstick() -> float:
    """How fast the machine is just now: milliseconds for a loop that touches nothing of ours."""
    return median(timed(loop, 30))


def loop() -> None:
    sum(range(1_000_000))


def version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        return f"{connection.display_name} {cursor.fetchone()[0]}"


def statements_of(visit: Callable[[], object]) -> list[tuple[str, Any]]:
    said = []

    def note(execute, sql, params, many, context):
        said.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        visit()
    return said


def run(sql: str, params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.fetchall()


def timed(work: Callable[[], object], passes: int, before: Callable[[], object] = bool) -> list[float]:
    times = []
    for _ in range(passes):
        before()
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return times
