from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised
from hjulet.monitoring.models import Indicator
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import Owned, OwnedQuerySet, owned_by
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, units_within_reach
from hjulet.organisation.units.models import UnitKind

YEAR = (
    MinValueValidator(1990, _("Skriv ett år med fyra siffror, till exempel 2026.")),
    MaxValueValidator(2100, _("Skriv ett år med fyra siffror, till exempel 2026.")),
)

VISION = "vision"

UPWARDS = """
WITH RECURSIVE chain(id, next_id) AS (
    SELECT id, parent_id FROM planning_goal WHERE id = %s
    UNION ALL
    SELECT goal.id, goal.parent_id FROM planning_goal goal JOIN chain ON goal.id = chain.next_id
) SELECT id FROM chain
"""
DOWNWARDS = """
WITH RECURSIVE chain(id) AS (
    SELECT id FROM planning_goal WHERE id = %s
    UNION ALL
    SELECT goal.id FROM planning_goal goal JOIN chain ON goal.parent_id = chain.id
) SELECT id FROM chain
"""


class GoalLevel(models.Model):
    """A step of the goal chain, from vision to the unit's own goal. Lower order stands higher."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=60, unique=True)
    explanation = models.TextField(_("förklaring"), blank=True, max_length=1000)
    order = models.PositiveSmallIntegerField(_("ordning"), unique=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("målnivå")

    def __str__(self):
        return self.name


class GoalQuerySet(OwnedQuerySet):
    def visible_to(self, person: Person) -> Self:
        """The goals within reach and what the person owns, and those of the units above: every chain ends there."""
        roles = [held for held in assignments_of(person) if held.definition.grants(self.model.READ)]
        above = {key for held in roles for key in held.unit.lineage}
        within = units_within_reach(person, self.model.READ)
        return self.filter(Q(unit__in=within) | Q(unit__in=above) | owned_by(person))

    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)

    def during(self, year: int) -> Self:
        return self.filter(first_year__lte=year, last_year__gte=year)

    def of_or_above(self, unit: Unit) -> Self:
        """The goals a goal of the unit may contribute to, as far as the organisation goes."""
        return self.filter(unit__in=unit.lineage)

    def through(self, unit: Unit) -> Self:
        """Every chain that passes the unit: its own goals, those above and those below."""
        return self.filter(Q(unit__in=unit.lineage) | Q(unit__path__startswith=unit.path))

    def leading_up_from(self, goal: "Goal") -> Self:
        """The goal, what it contributes to, and so on to the top, in one statement for any depth."""
        return self.filter(pk__in=RawSQL(UPWARDS, [goal.pk]))  # noqa: S611 - the key is a parameter

    def leading_down_from(self, goal: "Goal") -> Self:
        """The goal and everything that contributes to it, in one statement for any depth."""
        return self.filter(pk__in=RawSQL(DOWNWARDS, [goal.pk]))  # noqa: S611 - the key is a parameter


def lacks_indicator() -> Q:
    """Nothing that is in use shows whether it is reached. What the whole municipality sees before it is no measure."""
    chosen = Goal.indicators.through.objects.filter(goal=OuterRef("pk"), indicator__withdrawn_date=None).order_by()
    return ~Q(Exists(chosen)) & ~Q(level__key=VISION) & ~Q(unit__kind=UnitKind.MUNICIPALITY)


class Goal(Owned, Revised):
    """Where we are going, on one level of the chain, for a unit and a span of years."""

    READ = Permission.GOALS_READ

    level = models.ForeignKey(GoalLevel, verbose_name=_("målnivå"), on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", verbose_name=_("bidrar till"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    title = models.CharField(_("mål"), max_length=600)
    description = models.TextField(_("beskrivning"), blank=True, max_length=4000)
    first_year = models.PositiveSmallIntegerField(_("gäller från år"), validators=YEAR)
    last_year = models.PositiveSmallIntegerField(_("gäller till och med år"), validators=YEAR)
    indicators = models.ManyToManyField(
        Indicator, verbose_name=_("nyckeltal"), blank=True, related_name="goals", editable=False
    )
    withdrawn_at = models.DateTimeField(_("upphävt"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(_("varför målet är upphävt"), blank=True, editable=False, max_length=4000)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["level__order", "pk"]
        verbose_name = _("mål")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="goal_years_in_order",
                violation_error_message=_("Slutåret ska vara samma som startåret eller senare."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="goal_withdrawn_by_someone_for_a_reason",
                violation_error_message=_("Skriv varför målet upphävs."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "first_year"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("goals:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return timezone.localdate(self.withdrawn_at) if self.withdrawn_at else date(self.last_year, 12, 31)

    @property
    def is_in_force(self) -> bool:
        return self.withdrawn_at is None

    @property
    def period(self) -> str:
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"
