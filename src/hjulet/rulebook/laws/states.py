from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class Certainty(models.TextChoices):
    """How we know what stands in a row about a law."""

    VERIFIED = "verified", _("Läst i författningen")
    SECONDARY = "secondary", _("Enligt annan källa")
    UNVERIFIED = "unverified", _("Kontrollera mot författningen")


class ReviewState(models.TextChoices):
    OPEN = "open", _("Att gå igenom")
    DONE = "done", _("Genomgången")


S = ReviewState

COLORS: dict[str, str] = {S.OPEN: "warning", S.DONE: "success"}
CERTAINTY_COLORS: dict[str, str] = {
    Certainty.VERIFIED: "success",
    Certainty.SECONDARY: "info",
    Certainty.UNVERIFIED: "warning",
}

WORKFLOW = Workflow(
    states=ReviewState,
    initial=S.OPEN,
    moves=(
        move("finish", sources=[S.OPEN], target=S.DONE, label=_("Markera som genomgången"), asks=True),
        move("reopen", sources=[S.DONE], target=S.OPEN, label=_("Öppna igen"), needs_reason=True),
    ),
)
