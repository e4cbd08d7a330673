from django.core.management.base import CommandError
from tqdm import tqdm

from hjulet.audit.models import Event, Reading
from hjulet.audit.queries import events_in_order, faults_of_chain, faults_of_readings, readings_in_order
from hjulet.base import commands

# What is walked, how its rows are counted, and its name at the beginning of a sentence.
LOGS = (
    (Event, events_in_order, faults_of_chain, "Ändringsloggen"),
    (Reading, readings_in_order, faults_of_readings, "Läsloggen"),
)


class Command(commands.Command):
    help = "Kontrollerar att ändringsloggen och läsloggen är hela: audit verify"

    def add_arguments(self, parser):
        parser.add_argument(
            "what", choices=["verify"], metavar="verify", help="Läser båda loggarna och nämner varje fel."
        )

    def handle(self, *args, what, **options):
        broken = [self.verified(*log) for log in LOGS]
        if any(broken):
            raise CommandError(" ".join(filter(None, broken)))

    def verified(self, model, in_order, faults_of, name):
        """Say what was found; returns the sentence of the fault, empty for a log that holds."""
        total = model.objects.count()
        with tqdm(in_order(), total=total, unit=" rader", disable=None, leave=False) as rows:
            faults = list(faults_of(rows))
        for fault in faults:
            self.stdout.write(f"Rad {fault.number}: {fault.what}" if fault.number else fault.what)
        if faults:
            return f"{name} är inte hel: {len(faults)} fel."
        self.stdout.write(f"{name} är hel: {total} rader.")
        return ""
