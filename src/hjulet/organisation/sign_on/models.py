from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.roles.roles import ROLES, Role, role_choices
from hjulet.organisation.units.models import Unit


class GroupRoleQuerySet(models.QuerySet):
    def visible_to(self, person: Person):
        """Rows of units that the person manages."""
        return self.filter(unit__in=units_within_reach(person, Permission.ORGANISATION_MANAGE))


class GroupRole(Revised):
    """Whoever has the group when logging in is to have the role in the unit."""

    NAMED_BY = ("value", "role", "unit")

    value = models.CharField(_("grupp i inloggningstjänsten"), max_length=200)
    role = models.CharField(_("roll"), max_length=40, choices=role_choices)
    unit = models.ForeignKey(Unit, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")

    objects = GroupRoleQuerySet.as_manager()

    class Meta:
        ordering = ["value", "unit__path", "role", "pk"]
        verbose_name = _("roll vid inloggning")
        constraints = [
            models.UniqueConstraint(
                fields=["value", "role", "unit"],
                name="group_role_once",
                violation_error_message=_("Gruppen ger redan den rollen i enheten."),
            ),
            models.CheckConstraint(
                condition=~Q(value=""), name="group_role_has_value", violation_error_message=_("Skriv gruppens namn.")
            ),
        ]

    def __str__(self):
        return f"{self.value}: {self.definition.name}, {self.unit}"

    def get_absolute_url(self):
        return address_of("sign_on:detail", self.pk)

    @property
    def definition(self) -> Role:
        return ROLES[self.role]


class SeenGroup(models.Model):
    """A group that was named at a login, and whose: the person's latest login only. No person: whoever was not let in."""

    value = models.CharField(_("grupp"), max_length=200)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    seen_on = models.DateField(_("senast sedd"))

    class Meta:
        ordering = ["value", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "value"], name="seen_group_once_per_person"),
            models.UniqueConstraint(fields=["value"], condition=Q(person=None), name="seen_group_once_for_nobody"),
        ]
        indexes = [models.Index(fields=["seen_on"])]

    def __str__(self):
        return self.value
