from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person


class CalendarFeed(models.Model):
    """The secret address at which a person's own calendar may be fetched. Only a hash of it is kept.

    Without one the address has been withdrawn.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    only_mine = models.BooleanField(_("bara det jag ansvarar för"), default=True)
    made_at = models.DateTimeField(_("adressen skapades"), editable=False)
    fetched_at = models.DateTimeField(_("hämtades senast"), null=True, editable=False)
    hour_began_at = models.DateTimeField(null=True, editable=False)
    fetches_in_hour = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("kalenderadress")
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="calendar_feed_address_once"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
