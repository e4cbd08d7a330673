from django.core.management import call_command
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.commands import take_stock


class WholeExecutor(MigrationExecutor):
    """Notes each migration in the transaction that does it.

    Django notes one whose indexes wait for the end of the transaction only after it. Killed between the two, the
    database would have tables that it knows nothing of, and no later run would get past them.
    """

    def apply_migration(self, state, migration, fake=False, fake_initial=False):
        apply = migration.apply

        def apply_whole(project_state, schema_editor, **given):
            project_state = apply(project_state, schema_editor, **given)
            while schema_editor.deferred_sql:
                schema_editor.execute(schema_editor.deferred_sql.pop(0), None)
            return project_state

        migration.apply = apply_whole
        return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)


class Command(BaseCommand):
    """`hjulet migrate`. Django's own `migrate` does the work and keeps its name, for the test run calls it."""

    help = "Gör databasen klar för den här versionen. Det som redan finns i den blir kvar."
    needs_database = False

    def handle(self, **options):
        migrate.MigrationExecutor = WholeExecutor
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        take_stock()
        self.stdout.write("Databasen är klar.")
