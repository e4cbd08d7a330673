from django.db import migrations

from hjulet.base.parts import FindParts


class Migration(migrations.Migration):
    dependencies = [("actions", "0005_secrecy")]

    operations = [FindParts("actions_action", "title")]
