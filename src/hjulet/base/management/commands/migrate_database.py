from django.core.management import call_command

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.commands import take_stock


class Command(BaseCommand):
    """`hjulet migrate`. Django's own `migrate` does the work and keeps its name, for the test run calls it."""

    help = "Gör databasen klar för den här versionen. Det som redan finns i den blir kvar."
    needs_database = False

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        take_stock()
        self.stdout.write("Databasen är klar.")
