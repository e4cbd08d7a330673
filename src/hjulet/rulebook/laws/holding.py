"""What holds from one day to another, and is then replaced: laws and their provisions alike."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.rulebook.laws.states import Certainty


class HeldBetweenDaysQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """What holds on the day: a beginning that nobody knows has been."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day), ended_some_day=False)

    def ended(self, day: date) -> Self:
        return self.filter(Q(valid_to__lt=day) | Q(ended_some_day=True))

    def unverified(self) -> Self:
        return self.filter(certainty=Certainty.UNVERIFIED)


class HeldBetweenDays(models.Model):
    """What holds from one day to another. Empty days are those that nobody has verified, never a guess."""

    valid_from = models.DateField(
        _("gäller från"), null=True, blank=True, help_text=_("Lämna tomt om du inte har läst dagen i författningen.")
    )
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)
    ended_some_day = models.BooleanField(_("gäller inte längre, men dagen är inte kontrollerad"), default=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("ersatt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    certainty = models.CharField(_("hur säkert är det"), max_length=20, choices=Certainty, default=Certainty.UNVERIFIED)
    note = models.TextField(_("anmärkning"), blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HeldBetweenDaysQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_days_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(ended_some_day=False),
                name="%(class)s_ends_once",
                violation_error_message=_("Ange antingen den sista dagen eller att dagen inte är kontrollerad."),
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(valid_to__isnull=False) | Q(ended_some_day=True),
                name="%(class)s_succeeded_when_ended",
                violation_error_message=_("Det som har ersatts gäller inte längre. Ange när det upphörde."),
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")),
                name="%(class)s_does_not_succeed_itself",
                violation_error_message=_("Något kan inte ersättas av sig självt."),
            ),
        ]

    def holds_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and not self.has_ended_on(day)

    def has_ended_on(self, day: date) -> bool:
        return self.ended_some_day or (self.valid_to is not None and self.valid_to < day)

    @property
    def has_ended(self) -> bool:
        return self.has_ended_on(timezone.localdate())

    @property
    def is_unverified(self) -> bool:
        return self.certainty == Certainty.UNVERIFIED
