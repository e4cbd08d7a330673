import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.commands import CommandError, require_database

THREADS = 4


class Command(BaseCommand):
    help = "Startar webbplatsen. Den stannar med Ctrl-C."
    needs_database = False

    def add_arguments(self, parser):
        parser.add_argument(
            "--host",
            metavar="ADRESS",
            default="127.0.0.1",
            help="Adressen att lyssna på. Standard är 127.0.0.1: bara den här datorn.",
        )
        parser.add_argument(
            "--port",
            type=int,
            metavar="NUMMER",
            default=settings.PORT,
            help="Porten att lyssna på. Standard är PORT i miljön, annars 8000.",
        )
        parser.add_argument(
            "--workers",
            type=int,
            metavar="ANTAL",
            default=settings.WORKERS,
            help="Hur många webbprocesser. Standard är HJULET_WORKERS, annars 2 (1 på en dator med en enda kärna).",
        )
        parser.add_argument(
            "--no-clock", action="store_true", help="Låter klockan stå. Kör då ”hjulet clock” på annat sätt."
        )
        parser.add_argument("--migrate", action="store_true", help="Gör databasen klar först, som ”hjulet migrate”.")

    def handle(self, host, port, migrate, no_clock, workers=None, **options):
        for sentence in settings.SETTINGS_WARNINGS:
            self.stderr.write(f"Varning: {sentence}")
        if migrate:
            call_command("migrate_database", stdout=self.stdout)
        require_database()
        require_free(host, port)
        require_workers(workers)
        collect_static_files()
        server = Granian(
            settings.WSGI_APPLICATION.replace(".application", ":application"),
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers or usual_workers(),
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=60,  # one that is told to stop while it starts never hears it
            log_level=LogLevels.warning,
            log_dictconfig={"loggers": {"_granian": {"propagate": True}}},  # to our own log, and in its form
        )
        server.on_startup(lambda: self.tell(host, port))
        connections.close_all()
        with figures_together(), nullcontext() if no_clock else clock_beside():
            server.serve()
        self.stdout.write("Webbplatsen har stannat.")

    def tell(self, host, port):
        place = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Kvalitetshjulet finns på http://{place}:{port}/ (stanna med Ctrl-C)")
        self.stdout.flush()


def collect_static_files() -> None:
    """Each start, so that nobody has to: they get names with a hash, and smaller twins. Takes a second."""
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)


@contextmanager
def figures_together() -> Iterator[None]:
    """A folder where the processes of the site count in common, for whoever asks any of them; gone with the site."""
    with TemporaryDirectory(prefix="hjulet-figures-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


@contextmanager
def clock_beside() -> Iterator[None]:
    """The clock in a process of its own, which ends with the site: what it does never holds up a page."""
    start = "from hjulet.config.command_line import main; main()"
    program = [sys.executable, "-c", start, "clock", f"--every={settings.CLOCK_EVERY}", f"--beside={os.getpid()}"]
    clock = subprocess.Popen(program, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own
    try:
        yield
    finally:
        clock.terminate()
        clock.wait()


def require_free(host: str, port: int) -> None:
    """Granian shares a taken port without a word, so that every second page would come from the other server."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise CommandError(f"Det går inte att lyssna på {host}:{port}. Välj en annan port med --port.") from error


def require_workers(wanted: int | None) -> None:
    if wanted is not None and wanted < 1:
        raise CommandError("--workers ska vara minst 1.")


def usual_workers() -> int:
    """A process draws one page at a time. The embedded database has one writer at a time, and readers wait for nobody."""
    return min(2, os.cpu_count() or 1)
