from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class IdeaState(models.TextChoices):
    PROPOSED = "proposed", _("Föreslagen")
    CONSIDERED = "considered", _("Övervägs")
    ACCEPTED = "accepted", _("Antagen")
    DECLINED = "declined", _("Avböjd")
    DONE = "done", _("Genomförd")


S = IdeaState

UNANSWERED = (S.PROPOSED, S.CONSIDERED)

COLORS: dict[str, str] = {
    S.PROPOSED: "warning",
    S.CONSIDERED: "info",
    S.ACCEPTED: "accent",
    S.DECLINED: "neutral",
    S.DONE: "success",
}

# Whoever proposes something has an answer within so long.
ANSWERED_WITHIN = timedelta(days=14)

WORKFLOW = Workflow(
    states=IdeaState,
    initial=S.PROPOSED,
    moves=(
        move("consider", sources=[S.PROPOSED], target=S.CONSIDERED, label=_("Börja överväga")),
        move("accept", sources=UNANSWERED, target=S.ACCEPTED, label=_("Anta och gör en åtgärd"), asks=True),
        move("decline", sources=UNANSWERED, target=S.DECLINED, label=_("Avböj och svara"), needs_reason=True),
        move("finish", sources=[S.ACCEPTED], target=S.DONE, label=_("Anmäl som genomförd"), needs_reason=True),
        move("reopen", sources=[S.DECLINED], target=S.CONSIDERED, label=_("Överväg igen"), needs_reason=True),
    ),
)
