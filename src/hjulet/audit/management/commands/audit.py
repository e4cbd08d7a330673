from django.core.management.base import CommandError
from tqdm import tqdm

from hjulet.audit.models import Event
from hjulet.audit.queries import events_in_order, faults_of_chain
from hjulet.base import commands


class Command(commands.Command):
    help = "Kontrollerar att ändringsloggen är hel: audit verify"

    def add_arguments(self, parser):
        parser.add_argument(
            "what", choices=["verify"], metavar="verify", help="Läser hela loggen och nämner varje fel."
        )

    def handle(self, *args, what, **options):
        total = Event.objects.count()
        with tqdm(events_in_order(), total=total, unit=" rader", disable=None, leave=False) as events:
            faults = list(faults_of_chain(events))
        for fault in faults:
            self.stdout.write(f"Rad {fault.number}: {fault.what}")
        if faults:
            raise CommandError(f"Ändringsloggen är inte hel: {len(faults)} fel.")
        self.stdout.write(f"Ändringsloggen är hel: {total} rader.")
