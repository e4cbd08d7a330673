"""All tests of the project: `make test`. The checks first, the suite on each database, then the browser."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tools import browser, check, postgres

EVERY_CORE = f"--numprocesses={os.cpu_count()}"
SUITE = ("-m", "not journey", EVERY_CORE)
WHAT_ASKS_A_DATABASE = ("-m", "not journey and not once", EVERY_CORE)
# The scans of the components commit to their database too, but keep nothing of what the migrations wrote there:
# a journey that comes after them in the same process finds no machine account. So each has a run of its own.


def main() -> int:
    """Run every part, failed or not, so that one run tells everything; returns the exit status."""
    chromium = browser.require()
    with tempfile.TemporaryDirectory(prefix="hjulet-test-") as folder:
        migrated = {"MIGRATED": str(Path(folder, "migrated.sqlite3"))}
        seen = migrated | {"CHROMIUM": chromium}
        results = [
            timed("kontroller", check.main),
            timed("SQLite", lambda: pytest(*SUITE, **migrated)),
            timed("PostgreSQL", on_postgres),
            timed("komponenter", lambda: pytest("tests/base", "-m", "journey", EVERY_CORE, **seen)),
            timed("resor", lambda: pytest("tests/journeys", EVERY_CORE, **seen)),
        ]
    print("\n" + "\n".join(line for line, _status in results))
    return int(any(status for _line, status in results))


def timed(name: str, part: Callable[[], int]) -> tuple[str, int]:
    print(f"\n── {name} ──", flush=True)
    start = time.monotonic()
    status = part()
    return f"{name:12}{'FEL' if status else 'ok':5}{time.monotonic() - start:6.0f} s", status


def on_postgres() -> int:
    with postgres.server() as address:
        return pytest(*WHAT_ASKS_A_DATABASE, HJULET_DATABASE=address)


def pytest(*arguments: str, **settings: str) -> int:
    """Run pytest with these settings and none that happen to be set around us."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HJULET_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--quiet", *arguments], env=clean | settings, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
