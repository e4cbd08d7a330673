from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    ON_REFERRAL = "on_referral", _("På remiss")
    PROPOSED = "proposed", _("Föreslagen")
    ADOPTED = "adopted", _("Antagen av nämnden")
    FOLLOWED_UP = "followed_up", _("Följs upp")
    CLOSED = "closed", _("Avslutad")
    SUPERSEDED = "superseded", _("Ersatt av ny version")


S = PlanState

UNDECIDED = (S.DRAFT, S.ON_REFERRAL, S.PROPOSED)
DECIDED = (S.ADOPTED, S.FOLLOWED_UP, S.CLOSED, S.SUPERSEDED)

# From the first word to the last; a version that is superseded leaves the line.
STRAIGHT = (S.DRAFT, S.ON_REFERRAL, S.PROPOSED, S.ADOPTED, S.FOLLOWED_UP, S.CLOSED)

COLORS = {
    S.DRAFT: "neutral",
    S.ON_REFERRAL: "info",
    S.PROPOSED: "accent",
    S.ADOPTED: "success",
    S.FOLLOWED_UP: "success",
    S.CLOSED: "neutral",
    S.SUPERSEDED: "neutral",
}

WORKFLOW = Workflow(
    states=PlanState,
    initial=S.DRAFT,
    moves=(
        move("refer", sources=[S.DRAFT], target=S.ON_REFERRAL, label=_("Skicka på remiss")),
        move("propose", sources=[S.DRAFT, S.ON_REFERRAL], target=S.PROPOSED, label=_("Föreslå för nämnden")),
        move(
            "send_back",
            sources=[S.ON_REFERRAL, S.PROPOSED],
            target=S.DRAFT,
            label=_("Ta tillbaka till utkast"),
            needs_reason=True,
        ),
        move("adopt", sources=[S.PROPOSED], target=S.ADOPTED, label=_("Registrera nämndens beslut"), asks=True),
        move("start_follow_up", sources=[S.ADOPTED], target=S.FOLLOWED_UP, label=_("Börja följa upp")),
        move("close", sources=[S.FOLLOWED_UP], target=S.CLOSED, label=_("Avsluta planen")),
        move(
            "supersede",
            sources=[S.ADOPTED, S.FOLLOWED_UP],
            target=S.SUPERSEDED,
            label=_("Ersätt med ny version"),
            needs_reason=True,
        ),
    ),
)
