from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.models import PeriodQuerySet
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.roles import ROLES, Role, role_choices
from hjulet.organisation.units.models import Unit


class Origin(models.TextChoices):
    """Where a role comes from: a login takes back only what a login gave."""

    HAND = "hand", _("Given för hand")
    GROUP = "group", _("Från inloggningen")


class RoleAssignment(models.Model):
    """A person holds a role in a unit from one day to another; ended by date, never removed.

    A role from a login that is taken back on its first day ends the day before: from then on it holds on no day.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("roll"), max_length=40, choices=role_choices)
    unit = models.ForeignKey(Unit, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="role_assignments")
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    origin = models.CharField(_("ursprung"), max_length=10, choices=Origin, default=Origin.HAND, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "role", "person__name", "pk"]
        verbose_name = _("rolltilldelning")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")) | Q(origin=Origin.GROUP),
                name="role_assignment_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=Q(valid_to=None),
                name="role_assignment_open_once",
                violation_error_message=_("Personen har redan den rollen i enheten."),
            ),
        ]
        indexes = [models.Index(fields=["role", "unit"])]

    def __str__(self):
        return f"{self.person}, {self.definition.name}, {self.unit}"

    @property
    def definition(self) -> Role:
        return ROLES[self.role]

    @property
    def last_day(self) -> date | None:
        """As people say it: also a role that was taken back on its first day had that day."""
        return self.valid_to and max(self.valid_from, self.valid_to)


class RoleText(models.Model):
    """The municipality's own words on what a role answers for; the rights stand in code."""

    role = models.CharField(_("roll"), max_length=40, unique=True, choices=role_choices)
    text = models.TextField(_("ansvar"), max_length=4000)

    class Meta:
        ordering = ["role"]
        verbose_name = _("ansvarsbeskrivning")

    def __str__(self):
        return str(ROLES[self.role].name)
