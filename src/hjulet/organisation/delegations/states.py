from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How a row of the delegation order stands on a day: it follows from its dates and from the nämnd's decision."""

    PROPOSED = "proposed", _("Förslag")
    COMING = "coming", _("Kommande")
    IN_FORCE = "in_force", _("Gäller")
    NOT_DELEGABLE = "not_delegable", _("Får inte delegeras")
    ENDED = "ended", _("Avslutad")
    WITHDRAWN = "withdrawn", _("Tillbakadragen")


COLORS = {
    Standing.PROPOSED: "info",
    Standing.COMING: "info",
    Standing.IN_FORCE: "success",
    Standing.NOT_DELEGABLE: "warning",
    Standing.ENDED: "neutral",
    Standing.WITHDRAWN: "neutral",
}
