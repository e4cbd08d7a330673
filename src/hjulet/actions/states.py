from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class ActionState(models.TextChoices):
    PLANNED = "planned", _("Planerad")
    ONGOING = "ongoing", _("Pågår")
    HINDERED = "hindered", _("Hindrad")
    DONE = "done", _("Genomförd")
    CLOSED = "closed", _("Avslutad")
    CANCELLED = "cancelled", _("Utgår")


S = ActionState

OPEN = (S.PLANNED, S.ONGOING, S.HINDERED)
ENDED = (S.CLOSED, S.CANCELLED)

COLORS = {
    S.PLANNED: "neutral",
    S.ONGOING: "info",
    S.HINDERED: "warning",
    S.DONE: "accent",
    S.CLOSED: "success",
    S.CANCELLED: "neutral",
}

WORKFLOW = Workflow(
    states=ActionState,
    initial=S.PLANNED,
    moves=(
        move("start", sources=[S.PLANNED], target=S.ONGOING, label=_("Påbörja åtgärden")),
        move("hinder", sources=[S.PLANNED, S.ONGOING], target=S.HINDERED, label=_("Anmäl hinder"), needs_reason=True),
        move("resume", sources=[S.HINDERED], target=S.ONGOING, label=_("Återuppta åtgärden")),
        move("complete", sources=OPEN, target=S.DONE, label=_("Anmäl som genomförd"), asks=True),
        move("reopen", sources=[S.DONE], target=S.ONGOING, label=_("Öppna igen"), needs_reason=True),
        move("close", sources=[S.DONE], target=S.CLOSED, label=_("Avsluta åtgärden")),
        move("cancel", sources=OPEN, target=S.CANCELLED, label=_("Låt åtgärden utgå"), needs_reason=True),
    ),
)
