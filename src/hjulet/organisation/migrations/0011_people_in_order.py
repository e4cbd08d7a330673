from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0010_responsibilities")]

    operations = [migrations.AddIndex("person", models.Index(fields=["name", "id"], name="person_in_order"))]
