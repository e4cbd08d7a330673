"""Figures for Prometheus: counted by each process, added up when they are read. No names of people or units.

`hjulet serve` gives its processes a folder in common (PROMETHEUS_MULTIPROC_DIR) before this module is read.
"""

import os
from collections.abc import Iterator
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from hjulet.upkeep.queries import Figure, figures

# To be read through `exposition` only, so none of the library's own registry with its figures of the process.
COUNTED = CollectorRegistry()
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

ANSWERS = Counter(
    "hjulet_http_requests", "Svar, efter metod, sida och status.", ["method", "route", "status"], registry=COUNTED
)
SECONDS = Histogram(
    "hjulet_http_request_seconds", "Tid för svaret, efter sida.", ["route"], buckets=BUCKETS, registry=COUNTED
)
EXCEPTIONS = Counter("hjulet_exceptions", "Fel som ingen tog hand om, efter slag.", ["type"], registry=COUNTED)
STATEMENTS = Counter("hjulet_database_statements", "Frågor till databasen.", registry=COUNTED)
DATABASE_SECONDS = Counter("hjulet_database_seconds", "Tid som sidorna väntat på databasen.", registry=COUNTED)


def note_answer(
    method: str, route: str, status: int, *, seconds: float, statements: int, database_seconds: float
) -> None:
    ANSWERS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    STATEMENTS.inc(statements)
    DATABASE_SECONDS.inc(database_seconds)


class Standing:
    """How things stand in the database, asked when somebody reads."""

    def collect(self) -> Iterator[Metric]:
        for figure in (build(), *figures()):
            family = GaugeMetricFamily(f"hjulet_{figure.name}", figure.what, labels=list(figure.labels))
            for labels, value in figure.values:
                family.add_metric(list(labels), value)
            yield family


def build() -> Figure:
    return Figure("build_info", "Versionen som körs.", ("version",), [((version("hjulet"),), 1)])


def exposition() -> bytes:
    """All of it in the text format of Prometheus."""
    together = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(together)
        counted = generate_latest(together)
    else:
        counted = generate_latest(COUNTED)
    standing = CollectorRegistry(auto_describe=False)
    standing.register(Standing())
    return counted + generate_latest(standing)
