"""The kind of each entry among its words, also in an index that was written before it was put there."""

from django.db import migrations

IN_SQLITE = """
    UPDATE search_words
    SET title_stems = (SELECT '§' || kind || ' ' FROM search_entry WHERE id = search_words.rowid) || title_stems
    WHERE rowid IN (SELECT id FROM search_entry)
"""
# Without the index meanwhile: to keep it through a change of every row takes many times longer than to make it anew.
IN_POSTGRESQL = (
    "DROP INDEX search_words_words",
    """
    UPDATE search_words SET words = words || ('''§' || kind || ''':1B')::tsvector
    FROM search_entry WHERE search_entry.id = search_words.id
    """,
    "CREATE INDEX search_words_words ON search_words USING gin (words)",
)


def name_kinds(apps, schema_editor):
    for statement in {"sqlite": (IN_SQLITE,), "postgresql": IN_POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_indicators")]

    operations = [migrations.RunPython(name_kinds, migrations.RunPython.noop)]
