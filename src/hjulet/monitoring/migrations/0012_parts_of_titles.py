from django.db import migrations

from hjulet.base.parts import FindParts


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0011_indicators")]

    operations = [FindParts("monitoring_control", "title")]
