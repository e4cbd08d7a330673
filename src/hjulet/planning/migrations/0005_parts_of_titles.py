from django.db import migrations

from hjulet.base.parts import FindParts


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_secrecy")]

    operations = [FindParts("planning_risk", "title")]
