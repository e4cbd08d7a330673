from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES

# The kind that says how an activity is done and by whom (SOSFS 2011:9, 4 kap. 4 §).
ROUTINE = "routine"


def decider_choices() -> list[tuple[str, Any]]:
    """The roles that may decide what others are to follow. None of them: the nämnd itself."""
    return [(role.key, role.name) for role in ROLES.values() if role.grants(Permission.RULEBOOK_DECIDE)]


class DocumentKind(models.Model):
    """What sort of document, and how long it may stand before somebody looks whether it is still right."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100)
    explanation = models.TextField(_("förklaring"), blank=True, max_length=1000)
    review_months = models.PositiveSmallIntegerField(_("månader mellan översyner"), default=12)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("slag av dokument")
        constraints = [
            models.CheckConstraint(
                condition=Q(review_months__gte=1, review_months__lte=120),
                name="document_kind_reviewed_within_ten_years",
                violation_error_message=_("Välj mellan 1 och 120 månader."),
            )
        ]

    def __str__(self):
        return self.name
