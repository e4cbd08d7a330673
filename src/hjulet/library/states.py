from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How an entry of the library stands to the municipality's own row."""

    NEW = "new", _("Inte installerad")
    UNCHANGED = "unchanged", _("Som i biblioteket")
    CHANGED = "changed", _("Ny lydelse i biblioteket")
    KEPT = "kept", _("Ändrad av er")


COLORS = {
    Standing.NEW: "warning",
    Standing.UNCHANGED: "success",
    Standing.CHANGED: "warning",
    Standing.KEPT: "info",
}
