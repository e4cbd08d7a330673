from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Unit

GONE = (404, 410)
MOST_FAILURES = 3


class OutsideAddressQuerySet(models.QuerySet):
    def broken(self) -> Self:
        """Gone, or silent three times in a row: whoever is down for a day is not called broken."""
        return self.filter(Q(status__in=GONE) | Q(failures__gte=MOST_FAILURES))


class OutsideAddress(models.Model):
    """An address of somebody else's that our texts lead to, and what it answered last."""

    url = models.CharField(_("adress"), max_length=500, unique=True)
    checked_at = models.DateTimeField(_("senast prövad"), null=True)
    status = models.PositiveSmallIntegerField(_("svar"), null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(_("svarar inte sedan"), null=True)

    objects = OutsideAddressQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        verbose_name = _("länk till andra")
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False),
                name="outside_address_failing_since_some_day",
            )
        ]

    def __str__(self):
        return self.url

    @property
    def is_gone(self) -> bool:
        return self.status in GONE

    @property
    def is_broken(self) -> bool:
        """As `broken`, of one."""
        return self.is_gone or self.failures >= MOST_FAILURES


class OutsidePlace(models.Model):
    """Where such an address stands: written anew from the texts, so it holds nothing of its own."""

    address = models.ForeignKey(OutsideAddress, on_delete=models.CASCADE, related_name="places")
    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["address__failing_since", "pk"]
        verbose_name = _("länk till andra")
        constraints = [
            models.UniqueConstraint(fields=["address", "target_type", "target_id"], name="outside_place_once")
        ]

    def __str__(self):
        return str(self.address)
