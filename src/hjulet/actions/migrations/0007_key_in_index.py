from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0006_parts_of_titles")]

    operations = [
        migrations.RemoveIndex("action", "action_in_year"),
        migrations.AddIndex(
            "action",
            models.Index(
                fields=["unit", "due_date", "state", "owner_person", "owner_role", "is_secret", "id"],
                name="action_in_year",
            ),
        ),
    ]
