from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class MeasurementState(models.TextChoices):
    PLANNED = "planned", _("Att mäta")
    MEASURED = "measured", _("Mätt")
    NOT_MEASURED = "not_measured", _("Ej mätt")


S = MeasurementState

# Measured says nothing of good or bad: the outcome has colours of its own.
COLORS: dict[str, str] = {S.PLANNED: "info", S.MEASURED: "accent", S.NOT_MEASURED: "neutral"}

WORKFLOW = Workflow(
    states=MeasurementState,
    initial=S.PLANNED,
    moves=(
        move("record", sources=[S.PLANNED], target=S.MEASURED, label=_("Registrera mätningen"), asks=True),
        move("correct", sources=[S.MEASURED], target=S.MEASURED, label=_("Rätta mätningen"), needs_reason=True),
        move("undo", sources=[S.MEASURED], target=S.PLANNED, label=_("Ta tillbaka mätningen"), needs_reason=True),
        move(
            "leave_out",
            sources=[S.PLANNED],
            target=S.NOT_MEASURED,
            label=_("Markera som ej mätt"),
            needs_reason=True,
        ),
        move("restore", sources=[S.NOT_MEASURED], target=S.PLANNED, label=_("Ska mätas ändå"), needs_reason=True),
    ),
)
