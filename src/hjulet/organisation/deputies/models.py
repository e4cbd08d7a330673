from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment


class DeputyshipQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(valid_from__lte=day, valid_to__gte=day, ended_at=None)

    def not_over(self, day):
        """Those that hold on the day or begin later."""
        return self.filter(valid_to__gte=day, ended_at=None)


class Deputyship(models.Model):
    """Somebody stands in for whoever holds a role, from one day to another; it has no power beyond that role's."""

    assignment = models.ForeignKey(
        RoleAssignment, verbose_name=_("roll"), on_delete=models.PROTECT, related_name="deputyships"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("ersättare"), on_delete=models.PROTECT, related_name="deputyships"
    )
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till och med"))
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("avslutat i förtid"), null=True, editable=False)

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        verbose_name = _("ersättarskap")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="deputyship_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            )
        ]
        indexes = [models.Index(fields=["person", "valid_to"], name="deputyship_of_a_person")]

    def __str__(self):
        return f"{self.person}, {self.assignment}"

    def get_absolute_url(self):
        """The page of whom somebody stands in for: there it is read."""
        return self.assignment.person.get_absolute_url()

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.valid_to < timezone.localdate()

    @property
    def unit_id(self) -> int:
        """Who may read of it in the log."""
        return self.assignment.unit_id
