from pathlib import Path

from django.db import migrations, models

from hjulet.rulebook import migrations as ours

[FOLDER] = ours.__path__
LATEST = max(file.stem for file in Path(FOLDER).glob("0*.py"))


def shorten(apps, schema_editor):
    for area in apps.get_model("rulebook", "QualityArea").objects.all():
        area.short_name = area.name[:5].upper()
        area.save()


class Migration(migrations.Migration):
    """A column that takes its content from what stood there before."""

    dependencies = [("rulebook", LATEST)]
    operations = [
        migrations.AddField("QualityArea", "short_name", models.CharField(max_length=5, default="")),
        migrations.RunPython(shorten),
    ]
