from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What a person holds of one requirement, having seen what there is to show."""

    MET = "met", _("Uppfylls")
    PARTLY = "partly", _("Uppfylls delvis")
    NOT_MET = "not_met", _("Uppfylls inte")
    CANNOT_TELL = "cannot_tell", _("Kan inte bedömas")


COLORS: dict[str, str] = {
    Verdict.MET: "success",
    Verdict.PARTLY: "warning",
    Verdict.NOT_MET: "danger",
    Verdict.CANNOT_TELL: "neutral",
}
