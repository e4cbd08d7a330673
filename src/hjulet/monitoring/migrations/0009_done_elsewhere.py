import django.db.models.deletion
from django.db import migrations, models


def done_in() -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="organisation.unit",
    )


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0008_control_unit")]

    operations = [
        migrations.AlterField(model_name="occurrence", name="done_in", field=done_in()),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(
                condition=models.Q(("done_in__isnull", False)), fields=["done_in"], name="occurrence_done_elsewhere"
            ),
        ),
        migrations.AlterField(model_name="dutyoccurrence", name="done_in", field=done_in()),
        migrations.AddIndex(
            model_name="dutyoccurrence",
            index=models.Index(
                condition=models.Q(("done_in__isnull", False)), fields=["done_in"], name="duty_occurrence_done_elsewhere"
            ),
        ),
    ]
