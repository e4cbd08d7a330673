"""One time an indicator is measured in a unit: a period, a last day, and the figures or the reason there are none."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.monitoring.indicators.models import Indicator, IndicatorTarget
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.monitoring.self_monitoring.periods import period_in_words
from hjulet.organisation.models import Person
from hjulet.organisation.owners import Ownership, UnitScoped, UnitScopedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, within_reach
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.models import Unit, lies_below


class Figures(models.Model):
    """What was measured. A share has its `count` of the `total`, a mean the `answers` behind it, others a `value`."""

    count = models.PositiveIntegerField(_("täljare"), null=True, blank=True)
    total = models.PositiveIntegerField(_("antal som siffran bygger på"), null=True, blank=True)
    value = models.DecimalField(_("mätvärde"), max_digits=14, decimal_places=4, null=True, blank=True)
    answers = models.JSONField(_("svar per steg på skalan"), default=list, blank=True)
    is_census = models.BooleanField(_("alla under perioden är räknade"), default=False)
    comment = models.TextField(_("kommentar"), blank=True, max_length=4000)
    # Of the day the period ended: a target that is set later rewrites no old verdict.
    target = models.ForeignKey(IndicatorTarget, null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(count=None) | Q(total__isnull=False, total__gt=0, count__lte=F("total"), value=None),
                name="%(class)s_count_of_a_total",
                violation_error_message=_("Täljaren kan inte vara större än nämnaren, och nämnaren inte noll."),
            ),
        ]

    @property
    def figure(self) -> Decimal | None:
        """The figure in the measure of the indicator, unrounded; None when there is none (missing is not zero)."""
        if self.answers:
            return Decimal(sum(step * given for step, given in enumerate(self.answers, 1))) / sum(self.answers)
        if self.count is not None and self.total:
            return Decimal(self.count) * 100 / self.total
        return self.value


class MeasurementQuerySet(UnitScopedQuerySet):
    def visible_to(self, person: Person) -> Self:
        return self.filter(Q(within_reach(person, self.model.READ)) | measured_by(person))

    def owned_by(self, person: Person) -> Self:
        return self.filter(measured_by(person))

    def overdue(self, day: date) -> Self:
        return self.filter(state=MeasurementState.PLANNED, due_date__lt=day)

    def measured(self) -> Self:
        return self.filter(state=MeasurementState.MEASURED)

    def in_unit(self, unit: Unit) -> Self:
        return self.filter(lies_below(unit))


def measured_by(person: Person) -> Q:
    """By whoever owns the indicator; by the holder of the role in the measured unit, below it, or above it up to its own."""
    owned = Q(indicator__in=Indicator.objects.filter(owner_person=person).order_by())
    for held in assignments_of(person):
        lineage = held.unit.lineage
        of_the_role = Indicator.objects.filter(owner_role=held.role, unit__in=lineage).order_by()
        in_line = Q(unit__in=lineage) | Q(unit__path__startswith=held.unit.path)
        owned |= Q(in_line, indicator__in=of_the_role)
        if held.person_id != person.pk:
            deputised = Indicator.objects.filter(owner_person=held.person_id).order_by()
            owned |= Q(indicator__in=deputised, unit__path__startswith=held.unit.path)
    return owned


class Measurement(Ownership, UnitScoped, Revised, Figures):
    """`unit` is where it is measured. Repeats the figures that stand; every one there was is a `MeasuredValue`."""

    READ = Permission.INDICATORS_READ
    NAMED_BY = ("indicator", "period_start", "period_end")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    period_start = models.DateField(_("period från"))
    period_end = models.DateField(_("period till och med"))
    due_date = models.DateField(_("klar senast"))
    state = models.CharField(
        _("läge"), max_length=20, choices=MeasurementState, default=MeasurementState.PLANNED, editable=False
    )
    missing_reason = models.TextField(_("varför ej mätt"), blank=True, editable=False, max_length=4000)
    measured_date = models.DateField(_("mätt den"), null=True, blank=True)
    measured_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("mätning")
        constraints = [
            *Figures.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "unit", "period_start", "period_end"], name="measurement_once_per_period"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start"), due_date__gte=F("period_end")),
                name="measurement_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=MeasurementState.MEASURED, measured_date__isnull=False, measured_by__isnull=False)
                & (Q(count__isnull=False) | Q(value__isnull=False))
                | ~Q(state=MeasurementState.MEASURED)
                & Q(count=None, total=None, value=None, measured_date=None, measured_by=None, target=None),
                name="measurement_figures_only_when_measured",
                violation_error_message=_("Fyll i det som mättes och vilken dag."),
            ),
            models.CheckConstraint(
                condition=Q(state=MeasurementState.NOT_MEASURED) & ~Q(missing_reason="")
                | ~Q(state=MeasurementState.NOT_MEASURED) & Q(missing_reason=""),
                name="measurement_left_out_for_a_reason",
                violation_error_message=_("Skriv varför det inte är mätt."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_date"]),
            models.Index(fields=["due_date", "id"]),  # the order of the list
            models.Index(fields=["unit", "due_date", "state"], name="measurement_in_year"),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.period}"

    def get_absolute_url(self):
        return address_of("indicators:measurement", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.measured_date

    @property
    def owned_up_to(self) -> Unit:
        return self.indicator.unit

    @property
    def owner_person_id(self) -> int | None:
        return self.indicator.owner_person_id

    @property
    def owner_person(self) -> Person | None:
        return self.indicator.owner_person

    @property
    def owner_role(self) -> str:
        return self.indicator.owner_role

    @property
    def owner(self) -> str:
        """The person, or the role where it is measured; empty when nobody is responsible."""
        if self.owner_person:
            return str(self.owner_person)
        return f"{ROLES[self.owner_role].name}, {self.unit_name}" if self.owner_role else ""

    @property
    def period(self) -> str:
        return period_in_words(self.period_start, self.period_end)

    @property
    def is_overdue(self) -> bool:
        return self.state == MeasurementState.PLANNED and self.due_date < timezone.localdate()


class MeasuredValue(Figures):
    """The figures as somebody entered or corrected them. Written once; the latest one stands."""

    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="values")
    measured_date = models.DateField(_("mätt den"))
    reason = models.TextField(_("varför mätningen rättades"), blank=True, max_length=2000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("registrerat mätvärde")
        constraints = [
            *Figures.Meta.constraints,
            models.CheckConstraint(
                condition=Q(count__isnull=False) | Q(value__isnull=False), name="measuredvalue_is_something"
            ),
        ]

    def __str__(self):
        return f"{self.measurement}: {self.at:%Y-%m-%d}"

    @property
    def indicator(self) -> Indicator:
        return self.measurement.indicator


class MeasurementStep(Step):
    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="steps")
