import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hjulet.organisation.roles.roles
from hjulet.base.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("organisation", "0008_person_added_by"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("code", models.CharField(max_length=20, verbose_name="nummer")),
                ("sort_key", models.CharField(editable=False, max_length=60)),
                ("title", models.CharField(max_length=300, verbose_name="beslut")),
                ("legal_basis", models.CharField(blank=True, max_length=200, verbose_name="lagrum")),
                ("is_delegable", models.BooleanField(default=True, verbose_name="får delegeras")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=hjulet.organisation.roles.roles.role_choices,
                        max_length=40,
                        verbose_name="delegat",
                    ),
                ),
                (
                    "sub_delegating_role",
                    models.CharField(
                        blank=True,
                        choices=hjulet.organisation.roles.roles.role_choices,
                        max_length=40,
                        verbose_name="får vidaredelegera",
                    ),
                ),
                ("conditions", models.TextField(blank=True, max_length=2000, verbose_name="villkor")),
                ("must_be_reported", models.BooleanField(default=True, verbose_name="ska anmälas till nämnden")),
                ("valid_from", models.DateField(verbose_name="gäller från")),
                (
                    "valid_to",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="gäller till och med"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="förslaget tillbakadraget"),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="organisation.unit",
                        verbose_name="nämnd",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="organisation.decision",
                        verbose_name="nämndens beslut",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="organisation.delegation",
                    ),
                ),
            ],
            options={
                "verbose_name": "rad i delegationsordningen",
                "ordering": ["committee__path", "sort_key", "pk"],
                "indexes": [
                    models.Index(fields=["committee", "sort_key"], name="delegation_in_order"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_delegable", True), models.Q(("role", ""), _negated=True)),
                            models.Q(
                                ("decision", None),
                                ("is_delegable", False),
                                ("must_be_reported", False),
                                ("role", ""),
                                ("sub_delegating_role", ""),
                            ),
                            _connector="OR",
                        ),
                        name="delegation_role_only_where_delegable",
                        violation_error_message="Välj en delegat, eller ingen när beslutet inte får delegeras.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="delegation_dates_in_order",
                        violation_error_message="Slutdatum ska vara samma dag som startdatum eller senare.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision", None), ("withdrawn_at", None), _connector="OR"),
                        name="delegation_decided_stays_decided",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision__isnull", False), ("valid_to", None)),
                        fields=("committee", "code", "role"),
                        name="delegation_in_force_once",
                        violation_error_message="Rollen har redan den delegationen i nämnden.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DelegatedDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decided_by_name",
                    models.CharField(blank=True, editable=False, max_length=400, verbose_name="beslutat av"),
                ),
                (
                    "decided_by_title",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="titel"),
                ),
                ("decided_on", models.DateField(editable=False, null=True, verbose_name="beslutsdag")),
                (
                    "delegation_text",
                    models.CharField(blank=True, editable=False, max_length=1000, verbose_name="enligt"),
                ),
                ("subject", models.CharField(max_length=300, verbose_name="ärende")),
                ("registry_number", models.CharField(max_length=60, verbose_name="diarienummer")),
                ("reasons", models.TextField(blank=True, max_length=4000, verbose_name="skäl")),
                ("must_be_reported", models.BooleanField(editable=False, verbose_name="ska anmälas till nämnden")),
                ("target_id", models.PositiveBigIntegerField(editable=False, null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beslutat av",
                    ),
                ),
                (
                    "target_type",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.delegation",
                        verbose_name="delegation",
                    ),
                ),
            ],
            options={
                "verbose_name": "delegationsbeslut",
                "ordering": ["-decided_on", "-pk"],
                "indexes": [
                    models.Index(fields=["-decided_on", "-id"], name="delegated_decision_in_order"),
                    models.Index(fields=["target_type", "target_id"], name="delegated_decision_of_a_row"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by", None),
                                ("decided_by_name", ""),
                                ("decided_by_title", ""),
                                ("decided_on", None),
                                ("delegation", None),
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                models.Q(("decided_by_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="organisation_delegateddecision_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delegation", None), ("delegation_text", "")),
                            models.Q(("delegation__isnull", False), models.Q(("delegation_text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="organisation_delegateddecision_delegation_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delegation__isnull", False)),
                        name="delegated_decision_names_its_delegation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("target_id", None), ("target_type", None)),
                            models.Q(("target_id__isnull", False), ("target_type__isnull", False)),
                            _connector="OR",
                        ),
                        name="delegated_decision_whole_target",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "delegated",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="organisation.delegateddecision",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="organisation.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "anmälan av delegationsbeslut",
                "ordering": ["pk"],
            },
        ),
        AppendOnly("organisation_delegateddecision"),
        AppendOnly("organisation_meetingreport"),
    ]
