import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def ask_the_log(apps, schema_editor):
    Person, Event = apps.get_model("organisation", "Person"), apps.get_model("audit", "Event")
    added = Event.objects.filter(verb="person.added", target_type="organisation.person", target_id=OuterRef("pk"))
    by_someone = added.filter(actor_id__in=Person.objects.values("pk")).order_by("number")
    Person.objects.update(added_by_id=Subquery(by_someone.values("actor_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_readings"),
        ("organisation", "0007_secrecy"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="added_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(ask_the_log, migrations.RunPython.noop),
    ]
