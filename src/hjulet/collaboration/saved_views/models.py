from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.queries import assignments_of


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, person: Person):
        """One's own, and what is shared with a unit where the person holds a role, or above it."""
        places = {key for held in assignments_of(person) for key in held.unit.lineage}
        return self.filter(Q(person=person) | Q(shared_with__in=places))


class SavedView(models.Model):
    """A list as somebody wants to see it: filters, order and columns, all of which stand in its address.

    It holds no rows: whoever opens it sees what that person may see.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=100)
    query = models.CharField(max_length=2000, blank=True)
    name = models.CharField(_("namn"), max_length=100)
    shared_with = models.ForeignKey(
        Unit, verbose_name=_("dela med"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "path", "name"],
                name="saved_view_name_once_a_list",
                violation_error_message=_("Du har redan en vy med det namnet här. Välj ett annat."),
            )
        ]
        indexes = [models.Index(fields=["path"])]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.path}?{self.query}" if self.query else self.path
