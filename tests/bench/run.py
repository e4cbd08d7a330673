"""The run itself: fill the database step by step, measure every page at each step, print the table."""

import os
import sys
from contextlib import redirect_stdout
from itertools import pairwise

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from tqdm import tqdm

from hjulet.base.commands import take_stock
from hjulet.search.keeping import index_anew
from tests.bench.measuring import Measured, measure, yardstick
from tests.bench.pages import pages
from tests.bench.place import GROUP, Place, add_group, build
from tests.bench.report import table


def run(sizes: list[int]) -> None:
    """`sizes` are numbers of risks, of actions and of occurrences, growing."""
    connection.settings_dict["TEST"]["NAME"] = (
        "bench" if connection.vendor == "postgresql" else str(settings.DATA / "bench")
    )
    with redirect_stdout(sys.stderr):  # the table stands alone
        standing = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        place, yardsticks = build(), [yardstick()]
        steps = [fill_and_measure(place, *step) for step in pairwise([0, *sizes])]
    finally:
        teardown_databases(standing, verbosity=0)
    yardsticks.append(yardstick())
    print(heading(yardsticks))
    print(table(sizes, steps))


def fill_and_measure(place: Place, standing: int, wanted: int) -> list[Measured]:
    for number in tqdm(range(standing // GROUP, wanted // GROUP), desc="rows", unit="group", file=sys.stderr):
        add_group(place, number)
    index_anew()
    take_stock()
    return [measure(page) for page in tqdm(pages(place), desc="pages", unit="page", file=sys.stderr)]


def heading(yardsticks: list[float]) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        version = cursor.fetchone()[0]
    pace = " and ".join(f"{time:.0f}" for time in yardsticks)
    where = f"{connection.display_name} {version}, {os.cpu_count()} cores"
    return f"{timezone.localdate()}, {where}, yardstick {pace} ms before and after; times in milliseconds"
