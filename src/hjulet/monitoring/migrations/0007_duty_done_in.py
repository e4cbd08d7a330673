import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0006_log_review'),
        ('organisation', '0007_secrecy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='dutyoccurrence',
            name='done_in',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit'),
        ),
        migrations.AddConstraint(
            model_name='dutyoccurrence',
            constraint=models.CheckConstraint(condition=models.Q(('done_in', None), ('state', 'done'), _connector='OR'), name='duty_occurrence_done_in_only_when_done'),
        ),
    ]
