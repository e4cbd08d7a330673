from django.db import migrations, models

WAS_DECIDED = """
    UPDATE rulebook_governingdocument SET was_decided = EXISTS(
        SELECT 1 FROM rulebook_documentversion
        WHERE rulebook_documentversion.document_id = rulebook_governingdocument.id
        AND rulebook_documentversion.state IN ('decided', 'in_force', 'superseded', 'withdrawn')
    )
"""


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0013_versions_from_a_day")]

    operations = [
        migrations.AddField(
            model_name="governingdocument",
            name="was_decided",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(WAS_DECIDED, migrations.RunSQL.noop),
    ]
