from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import FrozenFile, Revised, Step
from hjulet.organisation.models import Decision, Person
from hjulet.organisation.owners import UnitScoped, UnitScopedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.planning.models import QualityPlan, Risk
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.rulebook.models import QualityArea


class Period(models.TextChoices):
    FIRST_TERTIAL = "t1", _("Tertial 1")
    SECOND_TERTIAL = "t2", _("Tertial 2")
    YEAR = "year", _("Helår")


class FollowUpQuerySet(UnitScopedQuerySet):
    def visible_to(self, person: Person):
        """What lies before the nämnd for whoever reads follow-ups; drafts only for those who work with them."""
        return self.filter(
            Q(unit__in=units_within_reach(person, Permission.FOLLOW_UPS_READ)) & ~Q(state=FollowUpState.DRAFT)
            | Q(unit__in=units_within_reach(person, Permission.PLANS_READ_DRAFTS))
        )


class FollowUp(UnitScoped):
    """How the plan went up to a day. Live while it is written; frozen from the moment it is sent to the nämnd."""

    READ = Permission.FOLLOW_UPS_READ
    NAMED_BY = ("period", "plan__year", "to_date", "unit")

    plan = models.ForeignKey(QualityPlan, on_delete=models.PROTECT, related_name="follow_ups")
    period = models.CharField(_("period"), max_length=10, choices=Period)
    from_date = models.DateField(_("från"))
    to_date = models.DateField(_("till och med"))
    state = models.CharField(
        _("läge"), max_length=20, choices=FollowUpState, default=FollowUpState.DRAFT, editable=False
    )
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_up", editable=False
    )
    frozen = models.JSONField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["-to_date", "unit__path"]
        verbose_name = _("uppföljning")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "period"],
                name="follow_up_once_a_period",
                violation_error_message=_("Perioden följs redan upp."),
            ),
            models.CheckConstraint(condition=Q(to_date__gte=F("from_date")), name="follow_up_dates_in_order"),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.REPORTED) & Q(decision=None)
                | Q(state=FollowUpState.REPORTED, decision__isnull=False, frozen__isnull=False),
                name="follow_up_reported_at_a_meeting",
            ),
        ]

    def __str__(self):
        return f"{_('Uppföljning')} {self.get_period_display()} {self.plan.year}, {self.unit_name}"

    def get_absolute_url(self):
        return address_of("follow_up:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.to_date


class FollowUpStep(Step):
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="steps")


class FollowUpText(Revised):
    """What the figures mean, per quality area; the row without area is the summary."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="texts")
    quality_area = models.ForeignKey(QualityArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("text"), blank=True, max_length=20000)

    class Meta:
        ordering = ["quality_area__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "quality_area"], name="follow_up_text_once_an_area"),
            models.UniqueConstraint(fields=["follow_up"], condition=Q(quality_area=None), name="follow_up_one_summary"),
        ]

    def __str__(self):
        return str(self.quality_area or _("Sammanfattning"))


class FollowUpFile(FrozenFile):
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follow_up", "format"], name="follow_up_file_once")]


class Lesson(Revised):
    """What the year taught. One that should become a risk waits here until next year's analysis takes it in."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="lessons")
    quality_area = models.ForeignKey(
        QualityArea, verbose_name=_("kvalitetsområde"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("vad lärde vi oss"), max_length=2000)
    becomes_risk = models.BooleanField(_("ta in som risk i nästa års riskanalys"), default=False)
    risk = models.OneToOneField(Risk, null=True, editable=False, on_delete=models.PROTECT, related_name="lesson")

    class Meta:
        ordering = ["quality_area__order", "pk"]
        verbose_name = _("lärdom")

    def __str__(self):
        return self.text[:80]
