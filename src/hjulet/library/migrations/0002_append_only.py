from django.db import migrations

from hjulet.base.triggers import AppendOnly


class Migration(migrations.Migration):
    """What is written once stays as written."""

    dependencies = [("library", "0001_initial")]
    operations = [
        AppendOnly("library_installation"),
    ]
