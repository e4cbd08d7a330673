from django.db import migrations, models

from hjulet.base.parts import FindPartsStill


class Migration(migrations.Migration):
    dependencies = [("planning", "0005_parts_of_titles")]

    operations = [
        migrations.RemoveIndex("risk", "risk_latest_first"),
        migrations.RemoveIndex("risk", "risk_in_year"),
        migrations.AddField("risk", "has_deeper_analysis", models.BooleanField(default=False, editable=False)),
        migrations.RunSQL("UPDATE planning_risk SET has_deeper_analysis = (deeper_analysis <> '')", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "risk",
            models.CheckConstraint(
                condition=models.Q(has_deeper_analysis=True) & ~models.Q(deeper_analysis="")
                | models.Q(has_deeper_analysis=False, deeper_analysis=""),
                name="risk_knows_whether_it_has_deeper_analysis",
            ),
        ),
        migrations.AddIndex(
            "risk",
            models.Index(
                fields=["analysis", "change", "band", "accepted_until", "has_deeper_analysis", "is_secret", "id"],
                name="risk_in_year",
            ),
        ),
        migrations.AddIndex(
            "risk",
            models.Index(
                fields=["-year", "-analysis", "area_number", "ordinal", "id", "change", "is_secret"],
                name="risk_latest_first",
            ),
        ),
        FindPartsStill("planning_risk", "title"),
    ]
