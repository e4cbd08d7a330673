from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class ReorganisationState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    PLANNED = "planned", _("Planerad")
    CARRIED_OUT = "carried_out", _("Genomförd")
    CANCELLED = "cancelled", _("Återkallad")


S = ReorganisationState

COLORS = {S.DRAFT: "neutral", S.PLANNED: "info", S.CARRIED_OUT: "success", S.CANCELLED: "neutral"}

STRAIGHT = (S.DRAFT, S.PLANNED, S.CARRIED_OUT)

WORKFLOW = Workflow(
    states=ReorganisationState,
    initial=S.DRAFT,
    moves=(
        move("plan", sources=[S.DRAFT], target=S.PLANNED, label=_("Planera omorganisationen")),
        move("take_back", sources=[S.PLANNED], target=S.DRAFT, label=_("Ta tillbaka till utkast")),
        move("carry_out", sources=[S.PLANNED], target=S.CARRIED_OUT, label=_("Genomför")),
        move(
            "cancel",
            sources=[S.DRAFT, S.PLANNED],
            target=S.CANCELLED,
            label=_("Återkalla omorganisationen"),
            needs_reason=True,
        ),
    ),
)
