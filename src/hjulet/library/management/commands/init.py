from django.core.management import call_command

from hjulet.base import commands
from hjulet.library.operations import initialise
from hjulet.organisation.models import Person

DONE = """\
{municipality} är klar att använda, med {committees}.
Startbiblioteket {library} är installerat: {total} rader.

Logga in som systemförvaltare och byt lösenord:
  E-postadress    {email}
  Engångslösenord {password}

Starta webbplatsen med: hjulet serve"""


class Command(commands.Command):
    help = "Gör en ny installation: kommun, nämnder, startbibliotek och en första systemförvaltare."
    needs_database = False

    def add_arguments(self, parser):
        parser.add_argument("--kommun", required=True, metavar="NAMN", help="Kommunens namn.")
        parser.add_argument(
            "--namnd", required=True, action="append", metavar="NAMN", help="En nämnd. Upprepa för flera nämnder."
        )
        parser.add_argument(
            "--admin-epost",
            default="admin@localhost",
            metavar="ADRESS",
            help="Adressen som den första systemförvaltaren loggar in med. Standard är admin@localhost.",
        )

    def handle(self, *args, kommun, namnd, admin_epost, **options):
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        begun = initialise(
            by=Person.objects.machine(), municipality=kommun, committees=namnd, administrator=admin_epost
        )
        self.stdout.write(
            DONE.format(
                municipality=begun.municipality,
                committees=", ".join(str(committee) for committee in begun.committees),
                library=begun.report.library,
                total=begun.report.total,
                email=begun.administrator.email,
                password=begun.password,
            )
        )
