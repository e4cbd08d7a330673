from datetime import date
from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised
from hjulet.organisation.decisions.models import Decision
from hjulet.organisation.delegations.states import Standing
from hjulet.organisation.owners import UnitScoped, UnitScopedQuerySet
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES, role_choices
from hjulet.organisation.units.models import Unit


class DelegationQuerySet(models.QuerySet):
    def proposed(self) -> Self:
        """What the nämnd has not decided yet: it gives nobody any power."""
        return self.filter(decision=None, withdrawn_at=None, is_delegable=True)

    def on(self, day: date) -> Self:
        """Under which somebody may decide on the day."""
        in_time = Q(valid_to=None) | Q(valid_to__gte=day)
        return self.filter(in_time, decision__isnull=False, valid_from__lte=day, is_delegable=True)

    def not_over(self, day: date) -> Self:
        """What has an end that is past, or was never put to the nämnd, is left out."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), withdrawn_at=None)

    def standing(self, standing: str, day: date) -> Self:
        """`Delegation.standing_on`, asked of the database."""
        decided = self.not_over(day).filter(decision__isnull=False)
        return {
            Standing.PROPOSED: self.proposed().not_over(day),
            Standing.COMING: decided.filter(valid_from__gt=day),
            Standing.IN_FORCE: decided.filter(valid_from__lte=day),
            Standing.NOT_DELEGABLE: self.not_over(day).filter(is_delegable=False),
            Standing.ENDED: self.filter(withdrawn_at=None, valid_to__lt=day),
            Standing.WITHDRAWN: self.filter(withdrawn_at__isnull=False),
        }[Standing(standing)]


class Delegation(Revised):
    """A row of a nämnd's delegation order: who may decide what in its place. Holds once the nämnd has decided so.

    One that is not delegable says that the nämnd alone decides (KL 6 kap. 38 §), and names no role.
    """

    committee = models.ForeignKey(Unit, verbose_name=_("nämnd"), on_delete=models.PROTECT, related_name="delegations")
    code = models.CharField(_("nummer"), max_length=20)
    sort_key = models.CharField(max_length=60, editable=False)
    title = models.CharField(_("beslut"), max_length=300)
    legal_basis = models.CharField(_("lagrum"), max_length=200, blank=True)
    is_delegable = models.BooleanField(_("får delegeras"), default=True)
    role = models.CharField(_("delegat"), max_length=40, blank=True, choices=role_choices)
    sub_delegating_role = models.CharField(_("får vidaredelegera"), max_length=40, blank=True, choices=role_choices)
    conditions = models.TextField(_("villkor"), blank=True, max_length=2000)
    must_be_reported = models.BooleanField(_("ska anmälas till nämnden"), default=True)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="replaced_by"
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("nämndens beslut"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="delegations",
    )
    withdrawn_at = models.DateTimeField(_("förslaget tillbakadraget"), null=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["committee__path", "sort_key", "pk"]
        verbose_name = _("rad i delegationsordningen")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_delegable=True) & ~Q(role="")
                | Q(is_delegable=False, role="", sub_delegating_role="", must_be_reported=False, decision=None),
                name="delegation_role_only_where_delegable",
                violation_error_message=_("Välj en delegat, eller ingen när beslutet inte får delegeras."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="delegation_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(withdrawn_at=None), name="delegation_decided_stays_decided"
            ),
            models.UniqueConstraint(
                fields=["committee", "code", "role"],
                condition=Q(valid_to=None, decision__isnull=False),
                name="delegation_in_force_once",
                violation_error_message=_("Rollen har redan den delegationen i nämnden."),
            ),
        ]
        indexes = [models.Index(fields=["committee", "sort_key"], name="delegation_in_order")]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return address_of("delegations:detail", self.pk)

    @property
    def role_name(self) -> str:
        return str(ROLES[self.role].name) if self.role else ""

    @property
    def sub_delegating_name(self) -> str:
        return str(ROLES[self.sub_delegating_role].name) if self.sub_delegating_role else ""

    @property
    def standing(self) -> Standing:
        return self.standing_on(timezone.localdate())

    def standing_on(self, day: date) -> Standing:
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        if self.valid_to is not None and self.valid_to < day:
            return Standing.ENDED
        if not self.is_delegable:
            return Standing.NOT_DELEGABLE
        if self.decision_id is None:
            return Standing.PROPOSED
        return Standing.IN_FORCE if self.valid_from <= day else Standing.COMING


class DecidedUnderDelegation(models.Model):
    """For a row that somebody decides in the nämnd's place: who, when and by what row of the delegation order.

    Name, title and the row's words are kept as they were: the order and the person go on changing.
    """

    decided_by = models.ForeignKey(
        Person,
        verbose_name=_("beslutat av"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_by_name = models.CharField(_("beslutat av"), max_length=400, blank=True, editable=False)
    decided_by_title = models.CharField(_("titel"), max_length=200, blank=True, editable=False)
    decided_on = models.DateField(_("beslutsdag"), null=True, editable=False)
    delegation = models.ForeignKey(
        Delegation,
        verbose_name=_("delegation"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    delegation_text = models.CharField(_("enligt"), max_length=1000, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_by_name="", decided_by_title="", decided_on=None, delegation=None)
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(decided_by_name=""),
                name="%(app_label)s_%(class)s_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(delegation=None, delegation_text="") | Q(delegation__isnull=False) & ~Q(delegation_text=""),
                name="%(app_label)s_%(class)s_delegation_in_words",
            ),
        ]


class DelegatedDecisionQuerySet(UnitScopedQuerySet):
    def unreported(self) -> Self:
        """What the nämnd is still to be told of."""
        return self.filter(must_be_reported=True, report=None)


class DelegatedDecision(UnitScoped, DecidedUnderDelegation):
    """A decision taken in the nämnd's place. Written once; that it was reported at a meeting is a row beside it."""

    READ = Permission.ORGANISATION_READ
    NAMED_BY = ("subject",)

    subject = models.CharField(_("ärende"), max_length=300)
    registry_number = models.CharField(_("diarienummer"), max_length=60)
    reasons = models.TextField(_("skäl"), blank=True, max_length=4000)
    must_be_reported = models.BooleanField(_("ska anmälas till nämnden"), editable=False)
    target_type = models.ForeignKey(ContentType, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField(null=True, editable=False)
    target = GenericForeignKey("target_type", "target_id")
    recorded_at = models.DateTimeField(editable=False)

    objects = DelegatedDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("delegationsbeslut")
        constraints = [
            *DecidedUnderDelegation.Meta.constraints,
            models.CheckConstraint(
                condition=Q(delegation__isnull=False), name="delegated_decision_names_its_delegation"
            ),
            models.CheckConstraint(
                condition=Q(target_type=None, target_id=None) | Q(target_type__isnull=False, target_id__isnull=False),
                name="delegated_decision_whole_target",
            ),
        ]
        indexes = [
            models.Index(fields=["-decided_on", "-id"], name="delegated_decision_in_order"),
            models.Index(fields=["target_type", "target_id"], name="delegated_decision_of_a_row"),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return address_of("delegations:decision", self.pk)

    @property
    def ended_on(self) -> date | None:
        """It names its unit as it was called on the day."""
        return self.decided_on

    @property
    def committee(self) -> Unit:
        """In whose place it was decided, and who is told."""
        return self.unit.committee  # type: ignore[return-value]

    @property
    def reported_in(self) -> Decision | None:
        """The meeting at which the nämnd was told."""
        report = getattr(self, "report", None)
        return report.meeting if report else None


class MeetingReport(models.Model):
    """A delegated decision was reported to the nämnd at a meeting. Written once."""

    delegated = models.OneToOneField(DelegatedDecision, on_delete=models.PROTECT, related_name="report")
    meeting = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reports")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("anmälan av delegationsbeslut")

    def __str__(self):
        return f"{self.delegated}, {self.meeting}"
