import django.db.models.deletion
from django.db import migrations, models

UNIT_OF_CONTROL = """
    UPDATE monitoring_occurrence SET control_unit_id =
        (SELECT unit_id FROM monitoring_control WHERE monitoring_control.id = monitoring_occurrence.control_id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0007_duty_done_in"),
        ("organisation", "0007_secrecy"),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="control_unit",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.RunSQL(UNIT_OF_CONTROL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="occurrence",
            name="control_unit",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.RenameIndex(
            model_name="occurrence", new_name="occurrence_of_control", old_name="occurrence_in_year"
        ),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(fields=["control_unit", "due_date", "state"], name="occurrence_in_year"),
        ),
    ]
