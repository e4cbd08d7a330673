from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import FrozenFile, Revised, Step
from hjulet.organisation.models import Decision, Person
from hjulet.organisation.owners import UnitScoped, UnitScopedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.planning.quality_plan.states import DECIDED, UNDECIDED, PlanState
from hjulet.rulebook.models import QualityArea


class PlanTextTemplate(models.Model):
    """A heading of every plan and the words to start from. Without an area: a chapter before the risks."""

    key = models.SlugField(_("nyckel"), unique=True)
    quality_area = models.OneToOneField(
        QualityArea,
        verbose_name=_("kvalitetsområde"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.CharField(_("rubrik"), max_length=200)
    body = models.TextField(_("text att börja från"), blank=True, max_length=20000)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("text i planmallen")

    def __str__(self):
        return self.title


class QualityPlanQuerySet(UnitScopedQuerySet):
    def visible_to(self, person: Person):
        """Decided and proposed plans for whoever reads plans; drafts only for those who work with them."""
        return self.filter(
            Q(unit__in=units_within_reach(person, Permission.PLANS_READ), state__in=[PlanState.PROPOSED, *DECIDED])
            | Q(unit__in=units_within_reach(person, Permission.PLANS_READ_DRAFTS))
        )


class QualityPlan(UnitScoped):
    """A nämnd's plan for one year, one version of it. `unit` is the nämnd. What was adopted lies frozen in its files."""

    READ = Permission.PLANS_READ
    NAMED_BY = ("year", "unit")

    year = models.PositiveSmallIntegerField(_("år"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("läge"), max_length=20, choices=PlanState, default=PlanState.DRAFT, editable=False)
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="quality_plan", editable=False
    )
    frozen = models.JSONField(null=True, editable=False)
    revision_reason = models.TextField(_("varför en ny version"), blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = QualityPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "unit__path", "-version"]
        verbose_name = _("kvalitetsplan")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "version"], name="quality_plan_version_once"),
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=Q(state__in=UNDECIDED),
                name="quality_plan_one_undecided",
                violation_error_message=_("Det finns redan ett utkast för nämnden och året."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED, decision=None)
                | Q(state__in=DECIDED, decision__isnull=False, frozen__isnull=False),
                name="quality_plan_decided_by_the_committee",
            ),
        ]

    def __str__(self):
        return f"{_('Kvalitetsplan')} {self.year}, {self.unit_name}"

    def get_absolute_url(self):
        return address_of("quality_plan:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return date(self.year, 12, 31)

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED


class PlanStep(Step):
    plan = models.ForeignKey(QualityPlan, on_delete=models.PROTECT, related_name="steps")


class PlanText(Revised):
    """A chapter of the plan in Markdown: a general one, or the one of a quality area."""

    plan = models.ForeignKey(QualityPlan, on_delete=models.PROTECT, related_name="texts")
    key = models.SlugField(max_length=60)
    quality_area = models.ForeignKey(QualityArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("rubrik"), max_length=200)
    body = models.TextField(_("text"), blank=True, max_length=20000)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plan_text_once")]

    def __str__(self):
        return self.title


class PlanFile(FrozenFile):
    plan = models.ForeignKey(QualityPlan, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "format"], name="plan_file_once")]
