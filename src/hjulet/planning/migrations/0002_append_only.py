from django.db import migrations

from hjulet.base.triggers import AppendOnly


class Migration(migrations.Migration):
    """What is written once stays as written."""

    dependencies = [("planning", "0001_initial")]
    operations = [
        AppendOnly("planning_analysisstep"),
        AppendOnly("planning_planstep"),
        AppendOnly("planning_planfile"),
        AppendOnly("planning_assessment"),
    ]
