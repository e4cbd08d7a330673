from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    IN_REVIEW = "in_review", _("På granskning")
    DECIDED = "decided", _("Beslutad, gäller inte än")
    IN_FORCE = "in_force", _("Gäller")
    SUPERSEDED = "superseded", _("Ersatt av ny version")
    WITHDRAWN = "withdrawn", _("Upphävd")
    DISCARDED = "discarded", _("Slopat utkast")


S = VersionState

UNDECIDED = (S.DRAFT, S.IN_REVIEW)
NEVER_DECIDED = (*UNDECIDED, S.DISCARDED)
# Whether a decided version applies on a day is said by its dates alone: the clock may be late.
EVER_DECIDED = (S.DECIDED, S.IN_FORCE, S.SUPERSEDED, S.WITHDRAWN)

COLORS = {
    S.DRAFT: "neutral",
    S.IN_REVIEW: "info",
    S.DECIDED: "accent",
    S.IN_FORCE: "success",
    S.SUPERSEDED: "neutral",
    S.WITHDRAWN: "warning",
    S.DISCARDED: "neutral",
}

WORKFLOW = Workflow(
    states=VersionState,
    initial=S.DRAFT,
    moves=(
        move("send", sources=[S.DRAFT], target=S.IN_REVIEW, label=_("Skicka för granskning och beslut")),
        move("send_back", sources=[S.IN_REVIEW], target=S.DRAFT, label=_("Skicka tillbaka"), needs_reason=True),
        move("discard", sources=[S.DRAFT], target=S.DISCARDED, label=_("Slopa utkastet"), needs_reason=True),
        move("decide", sources=[S.IN_REVIEW], target=S.DECIDED, label=_("Besluta"), asks=True),
        move("publish", sources=[S.DECIDED], target=S.IN_FORCE, label=_("Börja gälla")),
        move("supersede", sources=[S.IN_FORCE], target=S.SUPERSEDED, label=_("Ersätt med ny version")),
        move(
            "withdraw",
            sources=[S.DECIDED, S.IN_FORCE],
            target=S.WITHDRAWN,
            label=_("Upphäv"),
            needs_reason=True,
        ),
    ),
)
