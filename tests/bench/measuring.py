"""How long a page takes, and how much of that is the database."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client

from tests.bench.pages import Page

WARM_UP = 3
PASSES = 30
PASSES_OF_A_FILE = 5


@dataclass(frozen=True)
class Measured:
    """Times in milliseconds. `bare` is the page's slowest statement, alone and with all its rows fetched."""

    page: Page
    statements: int
    p50: float
    p95: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.p50 / self.bare


def measure(page: Page) -> Measured:
    client = Client(headers={"host": "localhost"})
    client.force_login(page.person)

    def visit() -> None:
        response = client.get(page.url)
        if response.status_code != 200:
            raise RuntimeError(f"{page.name}: {page.url} answered {response.status_code}")

    for _ in range(1 if page.is_file else WARM_UP):
        visit()
    statements = statements_of(visit)
    times = timed(visit, PASSES_OF_A_FILE if page.is_file else PASSES)
    bare = max(median(timed(lambda said=said: run(*said), 3)) for said in statements)
    return Measured(page, len(statements), median(times), quantiles(times, n=20, method="inclusive")[-1], bare)


def yardstick() -> float:
    """How fast the machine is just now: milliseconds for a loop that touches nothing of ours."""
    return median(timed(lambda: sum(range(1_000_000)), PASSES))


def statements_of(visit: Callable[[], None]) -> list[tuple[str, Any]]:
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


def timed(work: Callable[[], None], passes: int) -> list[float]:
    times = []
    for _ in range(passes):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return times
