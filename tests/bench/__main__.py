"""How fast the pages are with many rows: `make bench`, or `python -m tests.bench --help`.

The databases are built once and lie in a folder of their own until it is removed.
"""

import argparse
import json
import os
import platform
import re
import sys
from datetime import date
from pathlib import Path

from tests.bench import report
from tests.bench.databases import Databases, databases

DOCUMENT = Path("docs/reference/performance.md")
KINDS = ("sqlite", "postgres")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Mäter sidor, filer och sparande.")
    parser.add_argument("rows", nargs="*", type=int, default=[2_000, 20_000, 500_000], help="rader av varje slag")
    parser.add_argument("--on", nargs="+", choices=KINDS, default=KINDS, help="vilka databaser")
    parser.add_argument("--data", type=Path, default=Path(".data/bench"), help="mappen där databaserna ligger kvar")
    parser.add_argument("--seconds", type=int, default=60, help="hur länge tvåhundra personer sparar; 0 hoppar över")
    parser.add_argument("--passes", type=int, default=20, help="hur många gånger varje sida hämtas")
    parser.add_argument("--only", default="", metavar="TEXT", help="bara sidor vars namn innehåller texten")
    parser.add_argument("--write", action="store_true", help=f"skriver tabellerna i {DOCUMENT}")
    options = parser.parse_args()
    for kind in options.on:
        with databases(kind, options.data.resolve()) as place:
            block = measured(place, options)
        print(f"\n{block}", flush=True)
        if options.write:
            DOCUMENT.write_text(with_block(DOCUMENT.read_text(), kind, block))


def measured(place: Databases, options: argparse.Namespace) -> str:
    sizes = sorted(options.rows)
    runs, paces = [], [pace(place, sizes[0])]
    for rows in sizes:
        print(f"{place.name}, {rows} rows", file=sys.stderr, flush=True)
        place.require(rows)
        visits = f"measuring.measure_all({options.passes}, {options.only!r}, {{environment}})"
        runs.append(told(place, rows, visits))
        print(report.table(sizes[: len(runs)], runs), file=sys.stderr, flush=True)
    saving = f"writing.write_for({options.seconds}, {{environment}})"
    written = told(place, sizes[-1], saving) if options.seconds else None
    paces.append(pace(place, sizes[0]))
    lines = [heading(place, sizes, paces), report.table(sizes, runs)]
    return "\n".join([*lines, *([report.writes(written)] if written else [])])


def told(place: Databases, rows: int, what: str):
    """What a process that works on the database has to tell."""
    asked = what.format(environment=place.environment(str(rows)))
    code = f"from tests.bench import measuring, writing; import json; print(json.dumps({asked}))"
    return json.loads(place.python(str(rows), code))


def pace(place: Databases, rows: int) -> float:
    place.require(rows)
    return told(place, rows, "measuring.yardstick()")


def heading(place: Databases, sizes: list[int], paces: list[float]) -> str:
    version = told(place, sizes[0], "measuring.version()")
    pace = " and ".join(f"{time:.0f}" for time in paces)
    where = f"{version}, Python {platform.python_version()}, {os.cpu_count()} cores"
    return f"{date.today()}, {where}, yardstick {pace} ms before and after; times in milliseconds"  # noqa: DTZ011


def with_block(text: str, kind: str, block: str) -> str:
    """The document with the block between the marks of the kind."""
    start, end = f"<!-- {kind} -->", f"<!-- /{kind} -->"
    between = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
    return between.sub(lambda _old: f"{start}\n```text\n{block}\n```\n{end}", text)


if __name__ == "__main__":
    main()
