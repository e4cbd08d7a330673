from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0014_was_decided")]

    operations = [
        migrations.AddIndex(
            model_name="documentversion",
            index=models.Index(
                fields=["document", "valid_to", "valid_from", "state"], name="document_version_on_a_day"
            ),
        ),
    ]
