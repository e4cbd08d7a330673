"""The three acts under which the social services work, as a row names those that it comes under."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    SOL = "SoL", _("SoL")
    LSS = "LSS", _("LSS")
    HSL = "HSL", _("HSL")


def validate_acts(acts: list) -> None:
    """A list without repetition; JSON would take anything."""
    if not isinstance(acts, list) or set(acts) - set(Act.values) or len(set(acts)) < len(acts):
        raise ValidationError(_("Välj bland SoL, LSS och HSL, var och en högst en gång."))
