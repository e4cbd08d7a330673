from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MONTHS = (1, 2, 3, 4, 6, 12)  # what divides a year evenly


class Frequency(models.Model):
    """How often. `months` between occasions; empty for what is done continuously and summed up once a year."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=60, unique=True)
    months = models.PositiveSmallIntegerField(_("månader mellan gångerna"), null=True, blank=True)
    synonyms = models.JSONField(_("skrivs också"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("frekvens")
        constraints = [
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__in=MONTHS),
                name="frequency_divides_the_year",
                violation_error_message=_("Antalet månader ska dela året jämnt: 1, 2, 3, 4, 6 eller 12."),
            )
        ]

    def __str__(self):
        return self.name
