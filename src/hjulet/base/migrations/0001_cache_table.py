from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The cache that all processes share (failed logins are counted there)."""

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
