from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hjulet.base.models import Revised
from hjulet.organisation.models import Person
from hjulet.organisation.owners import Owned
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import UnitKind


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


class GoalQuerySet(models.QuerySet):
    def visible_to(self, person: Person):
        """The goals within reach, and the municipality's own: every chain ends in those."""
        reach = units_within_reach(person, Permission.GOALS_READ)
        return self.filter(Q(unit__in=reach) | Q(unit__kind=UnitKind.MUNICIPALITY) & Q(unit__in=top_of(reach)))

    def in_force(self):
        return self.filter(withdrawn_reason="")

    def during(self, year: int):
        return self.filter(first_year__lte=year, last_year__gte=year)


def top_of(units):
    """The municipality, for whoever reaches any unit at all."""
    return units.model.objects.filter(kind=UnitKind.MUNICIPALITY).filter(models.Exists(units)).order_by()


class Goal(Owned, Revised):
    """Where we are going, on one level of the chain, for a unit and a span of years."""

    READ = Permission.GOALS_READ

    level = models.ForeignKey(GoalLevel, verbose_name=_("målnivå"), on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", verbose_name=_("bidrar till"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    title = models.CharField(_("mål"), max_length=600)
    description = models.TextField(_("beskrivning"), blank=True, max_length=4000)
    first_year = models.PositiveSmallIntegerField(_("gäller från år"))
    last_year = models.PositiveSmallIntegerField(_("gäller till och med år"))
    withdrawn_reason = models.TextField(blank=True, editable=False)
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
        ]
        indexes = [models.Index(fields=["unit", "first_year"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("goals:detail", args=[self.pk])

    @property
    def period(self) -> str:
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"
