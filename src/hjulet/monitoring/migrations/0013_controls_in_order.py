from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0012_parts_of_titles")]

    operations = [migrations.AddIndex("control", models.Index(fields=["title", "id"], name="control_in_order"))]
