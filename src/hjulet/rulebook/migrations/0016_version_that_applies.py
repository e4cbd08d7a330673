"""On PostgreSQL an index of which version of a document applies, by the expression that `on` asks by.

It went through every version of each document that an answer may come from. SQLite finds them in
`document_version_on_a_day`, and knows no expression with a value that is given with the question.
"""

from django.db import migrations

IN_POSTGRESQL = """
    CREATE INDEX document_version_applies
    ON rulebook_documentversion (document_id, (COALESCE(valid_to, '9999-12-31'::date)))
"""


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(IN_POSTGRESQL, params=None)


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX document_version_applies", params=None)


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0015_version_on_a_day")]

    operations = [migrations.RunPython(add_index, remove_index)]
