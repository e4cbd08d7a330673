from django.core.management.base import CommandError

from hjulet.base import commands
from hjulet.library.operations import install_library
from hjulet.library.shipped import names, shipped
from hjulet.library.states import Standing
from hjulet.organisation.models import Person

OUTCOMES = {
    Standing.NEW: "nya",
    Standing.CHANGED: "med ny lydelse",
    Standing.UNCHANGED: "oförändrade",
    Standing.KEPT: "ändrade av er och lämnade i fred",
}


class Command(commands.Command):
    help = "Visar startbiblioteken eller installerar ett: library list, library install NAMN"

    def add_arguments(self, parser):
        parser.add_argument(
            "what",
            choices=["list", "install"],
            metavar="list|install",
            help="list visar vilka bibliotek som följer med, install lägger in ett.",
        )
        parser.add_argument(
            "name", nargs="?", metavar="NAMN", help="Biblioteket att installera, till exempel socialtjanst."
        )

    def handle(self, *args, what, name, **options):
        if what == "list":
            self.list()
        elif name is None:
            raise CommandError(f"Ange vilket bibliotek: {', '.join(names())}.")
        else:
            self.install(name)

    def list(self):
        for name in names():
            self.stdout.write(f"{name}  {shipped(name)}")

    def install(self, name):
        report = install_library(name, by=Person.objects.machine())
        self.stdout.write(f"Startbiblioteket {report.library}: {report.total} rader.")
        for standing, words in OUTCOMES.items():
            self.stdout.write(f"{report.counts[standing]:5} {words}")
