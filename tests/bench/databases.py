"""Where the measured databases lie: one for each number of rows, built once and kept for the next run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tools import postgres

SETTINGS = {"DJANGO_SETTINGS_MODULE": "hjulet.config.settings"}
PRELUDE = "import sys, django; django.setup(); from pathlib import Path; "


@dataclass(frozen=True)
class Databases:
    """All of one kind. `folder` holds their data folders, `address` that of a PostgreSQL, empty for SQLite."""

    name: str
    folder: Path
    address: str = ""

    def environment(self, size: str) -> dict[str, str]:
        """The settings under which a process works with the database."""
        return SETTINGS | {"HJULET_DATA": str(self.folder / size), "HJULET_DATABASE": self.address_of(size)}

    def address_of(self, size: str) -> str:
        return self.address.replace("/postgres?", f"/bench_{size}?")

    def python(self, size: str, code: str) -> str:
        """Run the code in a process of its own on the database; returns what it prints."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("HJULET_")}
        program = [sys.executable, "-c", PRELUDE + code]
        environment = clean | self.environment(size)
        return subprocess.run(program, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    def require(self, rows: int) -> None:
        """Build what is not there. Only what has been built to its end is kept."""
        bounds = self.folder / "bounds.json"
        if not self.is_ready("first"):
            self.empty("first")
            self.migrate("first")
            self.python("first", f"from tests.bench import growth; growth.build(Path({str(bounds)!r}))")
            self.mark_ready("first")
        if not self.is_ready(str(rows)):
            self.copy("first", str(rows))
            self.python(str(rows), f"from tests.bench import growth; growth.grow({rows}, Path({str(bounds)!r}))")
            self.tidy(str(rows))
            self.mark_ready(str(rows))
        self.migrate(str(rows))

    def migrate(self, size: str) -> None:
        """Also for one that was built by an earlier version of the code."""
        self.python(size, "from hjulet.config.command_line import main; main(['migrate'])")

    def is_ready(self, size: str) -> bool:
        return (self.folder / size / "ready").exists()

    def mark_ready(self, size: str) -> None:
        (self.folder / size / "ready").touch()

    def empty(self, size: str) -> None:
        shutil.rmtree(self.folder / size, ignore_errors=True)
        (self.folder / size).mkdir(parents=True)
        if self.address:
            self.sql(f"DROP DATABASE IF EXISTS bench_{size}", f"CREATE DATABASE bench_{size}")

    def copy(self, size: str, to: str) -> None:
        self.empty(to)
        if self.address:
            self.sql(f"DROP DATABASE bench_{to}", f"CREATE DATABASE bench_{to} TEMPLATE bench_{size}")
        else:
            shutil.copy(self.folder / size / "hjulet.sqlite3", self.folder / to)

    def tidy(self, size: str) -> None:
        """What PostgreSQL does by itself, some minutes after so much was written."""
        if self.address:
            self.sql("VACUUM ANALYZE", at=self.address_of(size))

    def sql(self, *statements: str, at: str = "") -> None:
        with psycopg.connect(at or self.address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    if kind == "sqlite":
        yield Databases("SQLite", folder / kind)
        return
    (folder / kind).mkdir(parents=True, exist_ok=True)
    with postgres.server(folder / kind) as address:
        place = Databases("PostgreSQL", folder / kind, address)
        # What `server-med-postgresql.md` says of a disk without moving parts.
        place.sql("ALTER SYSTEM SET random_page_cost = 1.1", "SELECT pg_reload_conf()")
        yield place
