"""An indicator: what is counted, how, how often and by whom, and from when to when which target has held."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import PeriodQuerySet, Revised
from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.indicators.scales import (
    FEWEST_STEPS,
    MOST_STEPS,
    NAMED_BY_HAND,
    Direction,
    IndicatorKind,
    Operator,
)
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import Owned, OwnedQuerySet, UnitScoped, owned_by
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach, within_reach
from hjulet.organisation.roles.roles import role_choices
from hjulet.rulebook.models import Process, QualityArea
from hjulet.statistics.disclosure import THRESHOLD

LONGEST_LAG = 366


class IndicatorBase(models.Model):
    """What an indicator and its template say alike. Without a `smallest` the figures are about no people."""

    definition = models.TextField(_("vad mäts"), max_length=2000)
    numerator = models.CharField(_("täljare"), max_length=300, blank=True)
    denominator = models.CharField(_("nämnare"), max_length=300, blank=True)
    kind = models.CharField(_("mäts som"), max_length=20, choices=IndicatorKind)
    scale_steps = models.PositiveSmallIntegerField(_("steg på skalan"), null=True, blank=True)
    measure = models.CharField(_("måttenhet"), max_length=40, blank=True)
    direction = models.CharField(_("riktning"), max_length=20, choices=Direction)
    source = models.CharField(_("källa"), max_length=300, blank=True)
    method = models.CharField(_("metod"), max_length=300, blank=True)
    collected_by = models.CharField(_("samlas in av"), max_length=200, blank=True)
    frequency = models.ForeignKey(Frequency, verbose_name=_("hur ofta"), on_delete=models.PROTECT, related_name="+")
    lag_days = models.PositiveSmallIntegerField(_("dagar efter periodens slut"), default=30)
    quality_area = models.ForeignKey(
        QualityArea,
        verbose_name=_("kvalitetsområde"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    smallest = models.PositiveSmallIntegerField(
        _("minsta antal för att visas"), null=True, blank=True, default=THRESHOLD
    )
    question = models.TextField(_("att ta ställning till"), blank=True, max_length=1000)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=IndicatorKind.MEAN, scale_steps__isnull=False, scale_steps__range=(FEWEST_STEPS, MOST_STEPS)
                )
                | ~Q(kind=IndicatorKind.MEAN) & Q(scale_steps=None),
                name="%(class)s_scale_of_a_mean",
                violation_error_message=_("Ange antal steg, 2–10, för ett medelvärde på en skala, och annars inget."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.SHARE) | ~Q(numerator="") & ~Q(denominator=""),
                name="%(class)s_share_of_something",
                violation_error_message=_("Skriv vad som räknas i täljaren och i nämnaren: det är en andel."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=NAMED_BY_HAND) | ~Q(measure=""),
                name="%(class)s_measured_in_something",
                violation_error_message=_("Skriv vad det mäts i, till exempel dagar eller kundval."),
            ),
            models.CheckConstraint(
                condition=Q(smallest=None) | Q(smallest__range=(3, 30)),
                name="%(class)s_smallest_is_a_threshold",
                violation_error_message=_("Minsta antal är ett tal från 3 till 30, eller tomt."),
            ),
            models.CheckConstraint(
                condition=Q(lag_days__lte=LONGEST_LAG),
                name="%(class)s_lag_within_a_year",
                violation_error_message=_("En mätning ska vara klar inom ett år efter perioden."),
            ),
        ]


# What an indicator takes over from its template.
SHARED = tuple(field.name for field in IndicatorBase._meta.local_fields)


class IndicatorTemplate(IndicatorBase):
    """An indicator that many nämnder have, ready to be taken in by one: nothing is measured until then."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=200, unique=True)
    owner_role = models.CharField(_("ansvarig roll"), max_length=40, blank=True, choices=role_choices)
    target = models.DecimalField(_("målvärde"), max_digits=12, decimal_places=3, null=True, blank=True)
    target_measure = models.CharField(_("målet anges i"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("mall för nyckeltal")
        constraints = [
            *IndicatorBase.Meta.constraints,
            models.CheckConstraint(
                condition=Q(target=None, target_measure="")
                | Q(target__isnull=False, target_measure=F("measure"))
                & ~Q(direction__in=[Direction.NEUTRAL, Direction.BAND]),
                name="indicator_template_target_in_its_measure",
                violation_error_message=_("Målet ska ha samma måttenhet som mätningen, och nyckeltalet en riktning."),
            ),
        ]

    def __str__(self):
        return self.name


class IndicatorQuerySet(OwnedQuerySet):
    def visible_to(self, person: Person) -> Self:
        """As for every unit's rows, what the person owns, and what is measured in a unit within reach."""
        reach = units_within_reach(person, self.model.READ).values("pk")
        measured = MeasuredUnit.objects.filter(indicator=OuterRef("pk"), unit__in=reach).order_by()
        return self.filter(Q(within_reach(person, self.model.READ)) | owned_by(person) | Q(Exists(measured)))

    def in_use(self) -> Self:
        return self.filter(withdrawn_date=None)


class Indicator(Owned, Revised, IndicatorBase):
    """One nyckeltal of a unit, or of a nämnd and measured in several of its units."""

    READ = Permission.INDICATORS_READ
    NAMED_BY = ("name",)

    template = models.ForeignKey(
        IndicatorTemplate, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("nyckeltal"), max_length=200)
    first_valid_date = models.DateField(_("gäller från"))
    last_reviewed_date = models.DateField(_("senast sett över"), null=True, editable=False)
    processes = models.ManyToManyField(
        Process, verbose_name=_("mäter processerna"), blank=True, related_name="indicators", editable=False
    )
    withdrawn_date = models.DateField(_("upphävt"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(_("varför nyckeltalet är upphävt"), blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("nyckeltal")
        constraints = [
            *Owned.Meta.constraints,
            *IndicatorBase.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withdrawn_date=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_date__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="indicator_withdrawn_by_someone_for_a_reason",
                violation_error_message=_("Skriv varför nyckeltalet upphävs."),
            ),
            models.UniqueConstraint(
                fields=["unit", "template"],
                condition=Q(withdrawn_date=None),
                name="indicator_template_once_in_a_unit",
                violation_error_message=_("Nyckeltalet finns redan i enheten."),
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="indicator_in_order")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("indicators:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.withdrawn_date

    @property
    def is_in_use(self) -> bool:
        return self.withdrawn_date is None


class MeasuredUnit(UnitScoped, Revised):
    """A unit where the indicator is measured, for itself: every period that was not over on `since_date`."""

    READ = Permission.INDICATORS_READ

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="places")
    since_date = models.DateField(_("mäts sedan"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("enhet där ett nyckeltal mäts")
        constraints = [models.UniqueConstraint(fields=["indicator", "unit"], name="indicator_measured_once_in_a_unit")]

    def __str__(self):
        return f"{self.indicator}, {self.unit}"


class IndicatorTarget(models.Model):
    """What was good enough, from one day on and to another if it has an end. Only its end is ever changed.

    One that ends the day before it begins never held: it was a mistake, and stays to be seen.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    operator = models.CharField(_("målet är"), max_length=2, choices=Operator, editable=False)
    value = models.DecimalField(_("målvärde"), max_digits=12, decimal_places=3)
    upper = models.DecimalField(_("till och med"), max_digits=12, decimal_places=3, null=True, blank=True)
    measure = models.CharField(_("målet anges i"), max_length=40)
    tolerance = models.DecimalField(_("tolerans"), max_digits=12, decimal_places=3, null=True, blank=True)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)
    decision = models.CharField(_("beslut"), max_length=300, blank=True)
    ended_reason = models.TextField(_("varför målet slutade gälla"), blank=True, editable=False, max_length=2000)
    set_by = models.ForeignKey(Person, editable=False, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = _("mål för ett nyckeltal")
        constraints = [
            models.CheckConstraint(
                condition=Q(operator=Operator.BETWEEN, upper__isnull=False, upper__gte=F("value"))
                | ~Q(operator=Operator.BETWEEN) & Q(upper=None),
                name="indicator_target_band_has_two_ends",
                violation_error_message=_("Ange både från och till när lagom är bäst, och annars bara ett målvärde."),
            ),
            models.CheckConstraint(
                condition=Q(tolerance=None) | Q(tolerance__gt=0),
                name="indicator_target_tolerance_is_something",
                violation_error_message=_("En tolerans är större än 0. Lämna tomt om ingen är beslutad."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")) | ~Q(ended_reason=""),
                name="indicator_target_days_in_order",
                violation_error_message=_("Sista dagen ska vara samma som den första eller senare."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.valid_from}"

    def get_absolute_url(self):
        return address_of("indicators:detail", self.indicator_id)

    @property
    def unit(self) -> Unit:
        return self.indicator.unit

    @property
    def never_held(self) -> bool:
        return self.valid_to is not None and self.valid_to < self.valid_from
