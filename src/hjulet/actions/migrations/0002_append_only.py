from django.db import migrations

from hjulet.base.triggers import AppendOnly


class Migration(migrations.Migration):
    """What is written once stays as written."""

    dependencies = [("actions", "0001_initial")]
    operations = [
        AppendOnly("actions_actionstep"),
        AppendOnly("actions_progressnote"),
        AppendOnly("actions_effectcheck"),
    ]
