from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from hjulet.backup.restoring import is_in_use
from hjulet.backup.taking import suffix, take_backup
from hjulet.base import commands

COPIED = (
    "Det som fanns före uppgraderingen är säkerhetskopierat i {path}. Behåll den tills den nya versionen har gått bra."
)


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


class Command(commands.Command):
    """`hjulet migrate`. Django's own `migrate` does the work and keeps its name, for the test run calls it."""

    help = (
        "Gör databasen klar för den här versionen. Det som redan finns i den blir kvar, och säkerhetskopieras först "
        "där HJULET_BACKUP_NIGHTLY gäller."
    )
    needs_database = False

    def handle(self, **options):
        commands.require_answer()
        commands.require_not_newer()
        if settings.BACKUP_NIGHTLY and is_in_use() and not commands.database_is_current():
            self.stdout.write(COPIED.format(path=self.copied()))
        migrate.MigrationExecutor = WholeExecutor
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        commands.take_stock()
        self.stdout.write("Databasen är klar.")

    def copied(self):
        passphrase = settings.BACKUP_PASSPHRASE
        name = f"fore-uppgradering-{timezone.localtime():%Y-%m-%d-%H%M%S}{suffix(passphrase)}"
        return take_backup(settings.BACKUP_FOLDER / name, passphrase=passphrase).path
