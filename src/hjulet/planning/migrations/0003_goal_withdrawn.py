import django.db.models.deletion
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models

YEAR = [
    MinValueValidator(1990, "Skriv ett år med fyra siffror, till exempel 2026."),
    MaxValueValidator(2100, "Skriv ett år med fyra siffror, till exempel 2026."),
]


class Migration(migrations.Migration):
    """Who withdrew a goal, when and why: all three or none."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("planning", "0002_append_only"),
    ]
    operations = [
        migrations.AddField(
            model_name="goal",
            name="withdrawn_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="upphävt"),
        ),
        migrations.AddField(
            model_name="goal",
            name="withdrawn_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="goal",
            name="withdrawn_reason",
            field=models.TextField(
                blank=True, editable=False, max_length=4000, verbose_name="varför målet är upphävt"
            ),
        ),
        migrations.AlterField(
            model_name="goal",
            name="first_year",
            field=models.PositiveSmallIntegerField(validators=YEAR, verbose_name="gäller från år"),
        ),
        migrations.AlterField(
            model_name="goal",
            name="last_year",
            field=models.PositiveSmallIntegerField(validators=YEAR, verbose_name="gäller till och med år"),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~models.Q(withdrawn_reason=""),
                name="goal_withdrawn_by_someone_for_a_reason",
                violation_error_message="Skriv varför målet upphävs.",
            ),
        ),
    ]
