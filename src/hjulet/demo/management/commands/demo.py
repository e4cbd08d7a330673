from django.core.management import call_command
from django.utils import timezone
from tqdm import tqdm

from hjulet.base import commands
from hjulet.demo.accounts import PASSWORD, Account, accounts
from hjulet.demo.data import read
from hjulet.demo.days import Calendar
from hjulet.demo.story import build
from hjulet.organisation.units.queries import municipality

DONE = "{name} är byggd, med förra året avslutat och det här året på gång.\n"
THERE = "{name} finns redan. Inget är ändrat.\n"
OTHER = (
    "Det finns redan en kommun här, {name}. Demokommunen byggs bara i en tom databas: "
    "ange en annan mapp med HJULET_DATA, till exempel HJULET_DATA=.data/demo hjulet demo."
)
HEADINGS = ("Namn", "Roll", "E-postadress", "Det här kan du prova")
PASSWORDS = """
Lösenordet är {password} för alla. Kontona är påhittade och bara till för att prova.
Starta webbplatsen med: hjulet serve"""


class Command(commands.Command):
    help = "Bygger en påhittad kommun med två års kvalitetsarbete att prova i, och visar kontona."
    needs_database = False

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        calendar = Calendar(timezone.localdate())
        name = read("organisation", calendar)["municipality"]
        if standing := municipality():
            if standing.name != name:
                raise commands.CommandError(OTHER.format(name=standing.name))
            self.stdout.write(THERE.format(name=name))
        else:
            build(calendar, progress=self.watched)
            self.stdout.write(DONE.format(name=name))
        self.show(accounts(calendar))

    def watched(self, events):
        """The events with a bar that follows the story's own time."""
        words = "Bygger demokommunen {desc} {percentage:3.0f} % |{bar}| {n_fmt} av {total_fmt} händelser"
        with tqdm(events, bar_format=words, mininterval=0.2) as bar:
            for moment, event in bar:
                bar.set_description_str(f"{moment:%Y-%m}", refresh=False)
                yield moment, event

    def show(self, people: list[Account]) -> None:
        """The accounts as a table, each column as wide as what it holds."""
        rows = [HEADINGS, *people]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        rows.insert(1, ["─" * width for width in widths])
        for row in rows:
            line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
            self.stdout.write(line.rstrip())
        self.stdout.write(PASSWORDS.format(password=PASSWORD))
