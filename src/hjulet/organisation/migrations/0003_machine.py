from django.contrib.auth.hashers import make_password
from django.db import migrations


def make_machine(apps, schema_editor):
    """The account behind the command line and the clock; its password fits nothing."""
    apps.get_model("organisation", "Person").objects.create(
        email="maskin@kvalitetshjulet.invalid", name="Kvalitetshjulet", is_machine=True, password=make_password(None)
    )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_append_only")]
    operations = [migrations.RunPython(make_machine, migrations.RunPython.noop)]
