"""How fast the pages are with many rows: `make bench`, or `python -m tests.bench [--postgres] [ROWS …]`.

Everything happens in a folder and a database of its own that are gone afterwards.
"""

import argparse
import os
import tempfile
from contextlib import nullcontext
from importlib import import_module

import django

from tools import postgres


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Mäter sidor och dokument.")
    parser.add_argument(
        "rows",
        nargs="*",
        type=int,
        default=[2_000, 20_000],
        metavar="ROWS",
        help="rader av varje slag, i jämna tvåtusental",
    )
    parser.add_argument("--postgres", action="store_true", help="på PostgreSQL i stället för SQLite")
    options = parser.parse_args()
    server = postgres.server() if options.postgres else nullcontext("")
    with tempfile.TemporaryDirectory(prefix="hjulet-bench-") as folder, server as address:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "hjulet.config.settings",
            "HJULET_DATA": folder,
            "HJULET_DATABASE": address,
        }
        django.setup()
        # What it measures can be imported only now, when Django knows where the data lie.
        import_module("tests.bench.run").run(options.rows)


if __name__ == "__main__":
    main()
