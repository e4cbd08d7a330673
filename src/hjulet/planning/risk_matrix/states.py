from django.db import models
from django.utils.translation import gettext_lazy as _


class MatrixState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    IN_FORCE = "in_force", _("Gäller")
    SUPERSEDED = "superseded", _("Ersatt")


class Tone(models.TextChoices):
    """How a band is drawn, from the lowest to the highest. The word stands beside it everywhere."""

    GREEN = "green", _("grön")
    YELLOW = "yellow", _("gul")
    RED = "red", _("röd")


COLORS = {
    MatrixState.DRAFT: "warning",
    MatrixState.IN_FORCE: "success",
    MatrixState.SUPERSEDED: "neutral",
    Tone.GREEN: "success",
    Tone.YELLOW: "warning",
    Tone.RED: "danger",
}
