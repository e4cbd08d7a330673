from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class OccurrenceState(models.TextChoices):
    PLANNED = "planned", _("Planerad")
    DONE = "done", _("Genomförd")
    NOT_APPLICABLE = "not_applicable", _("Inte aktuell")


S = OccurrenceState

# Done says nothing of good or bad: the outcome has colours of its own.
COLORS: dict[str, str] = {S.PLANNED: "info", S.DONE: "accent", S.NOT_APPLICABLE: "neutral"}

WORKFLOW = Workflow(
    states=OccurrenceState,
    initial=S.PLANNED,
    moves=(
        move("record", sources=[S.PLANNED], target=S.DONE, label=_("Registrera resultatet"), asks=True),
        move("correct", sources=[S.DONE], target=S.DONE, label=_("Rätta resultatet"), needs_reason=True),
        move(
            "set_aside",
            sources=[S.PLANNED],
            target=S.NOT_APPLICABLE,
            label=_("Markera som inte aktuell"),
            needs_reason=True,
        ),
        move("restore", sources=[S.NOT_APPLICABLE], target=S.PLANNED, label=_("Gör aktuell igen"), needs_reason=True),
    ),
)
