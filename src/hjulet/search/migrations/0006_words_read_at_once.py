"""On PostgreSQL what is written is put in its place in the index at once.

Otherwise it waits in a list that every look-up goes through, and a question makes nine: after a day of many changes, or
a folder of documents read in, it took twice the time until the server had tidied up.
"""

from django.db import migrations

IN_POSTGRESQL = (
    "ALTER INDEX search_words_words SET (fastupdate = off)",
    "SELECT gin_clean_pending_list('search_words_words')",
)


def write_at_once(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in IN_POSTGRESQL:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_kind_among_the_words")]

    operations = [migrations.RunPython(write_at_once, migrations.RunPython.noop)]
