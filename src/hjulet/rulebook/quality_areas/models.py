from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.models import PeriodQuerySet


class QualityArea(models.Model):
    """One of the perspectives that good quality is judged by."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    explanation = models.TextField(_("vad betyder det"), max_length=2000)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kvalitetsområde")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="quality_area_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            )
        ]

    def __str__(self):
        return self.name

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)
