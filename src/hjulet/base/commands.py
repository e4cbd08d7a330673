"""The command line in Swedish: the parent of every command, and the words that argparse has only in English."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from hjulet.base.operations import Refused

NOT_READY = "Databasen är inte klar för den här versionen. Kör ”hjulet migrate” först."
NEWER = (
    "Databasen är gjord av en nyare version av Kvalitetshjulet än den här. Installera den versionen igen, eller gå "
    "tillbaka: återställ kopian från före uppgraderingen med ”hjulet restore FIL --overwrite --without-safety”. "
    "Vill du ha kvar det nya, säkerhetskopiera det först med den nyare versionen."
)
NO_ANSWER = "Databasen svarar inte. Se efter att HJULET_DATABASE stämmer och att servern är igång."
NOT_ALLOWED = "Det här får bara den som har rätt roll göra."

SWEDISH = {
    "usage: ": "Så här skriver du: ",
    "options": "Val",
    "positional arguments": "Argument",
    "show this help message and exit": "Visar den här hjälpen.",
    "%(prog)s: error: %(message)s\n": "Fel: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "det här saknas: %s",
    "one of the arguments %s is required": "ange ett av %s",
    "not allowed with argument %s": "går inte att ange tillsammans med %s",
    "unrecognized arguments: %s": "okänt argument: %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s är för kort: det kan vara %(matches)s",
    "expected one argument": "ange ett värde efter",
    "expected at most one argument": "ange högst ett värde efter",
    "expected at least one argument": "ange minst ett värde efter",
    "ignored explicit argument %r": "ska stå utan värde, inte med %r",
    "invalid %(type)s value: %(value)r": "%(value)r går inte att läsa",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r finns inte, välj bland %(choices)s",
}


def speak_swedish() -> None:
    """Let argparse say its sentences in Swedish in this process; it has no other door than its module's `_`."""
    argparse._ = lambda text: SWEDISH.get(text, text)  # type: ignore[attr-defined]


class Command(BaseCommand):
    """A thin wrapper around an operation: reads the words, calls it, prints what came of it.

    What an operation refuses becomes ”Fel: …” and exit status 1. `call_command` raises it as it is.
    """

    needs_database = True
    requires_system_checks = []
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
        "--skip-checks",
    }

    def create_parser(self, prog_name, subcommand, **kwargs):
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def run_from_argv(self, argv):
        self._called_from_command_line = True
        options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
        try:
            if self.needs_database:
                require_database()
            self.execute(*options.pop("args", ()), **options)
        except (Refused, ValidationError, PermissionDenied, CommandError) as error:
            sys.exit(self.say(error))
        finally:
            connections.close_all()

    def say(self, error: Exception) -> int:
        """Write the error as sentences; returns the exit status."""
        for sentence in sentences_of(error):
            self.stderr.write(f"Fel: {sentence}")
        return getattr(error, "returncode", 1)


def sentences_of(error: Exception) -> list[str]:
    if isinstance(error, ValidationError):
        return error.messages
    if isinstance(error, PermissionDenied):
        return [str(error) or NOT_ALLOWED]
    return [str(error)]


def content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(
            f"Filen {file} går inte att läsa. Se efter att den finns och att du får läsa den."
        ) from error


def take_stock() -> None:
    """Let the database count what its tables hold: SQLite never does so by itself, and then picks the wrong indexes.

    PostgreSQL is told which tables are ours. Its own take ten times as long, and some are shared with the other
    databases of the server: whoever counts them there waits until our transaction is over.
    """
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor) if connection.vendor == "postgresql" else []
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


def require_database() -> None:
    """Stop with what to do when the database is away, or older or newer than the code."""
    require_answer()
    require_not_newer()
    if not database_is_current():
        raise CommandError(NOT_READY)


def require_answer() -> None:
    """Stop with what to do when the database is away."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CommandError(f"{NO_ANSWER}\n{error}") from error


def require_not_newer() -> None:
    """Stop old code at a database that a newer version has changed: it would write what no longer holds there."""
    if database_is_newer():
        raise CommandError(NEWER)


def database_is_current() -> bool:
    """Whether every migration of this version has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def database_is_newer() -> bool:
    """Whether a migration of ours has been applied that this version does not have."""
    loader = MigrationLoader(connection)
    return bool(of_ours(loader.applied_migrations) - loader.disk_migrations.keys())


def of_ours(migrations: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Not those of other packages: they may be merged and taken away without anything being newer."""
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("hjulet.")}
    return {(app, name) for app, name in migrations if app in ours}
