from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class FollowUpState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    PROPOSED = "proposed", _("Klar för nämnden")
    REPORTED = "reported", _("Redovisad i nämnden")


S = FollowUpState

COLORS = {S.DRAFT: "neutral", S.PROPOSED: "info", S.REPORTED: "success"}

WORKFLOW = Workflow(
    states=FollowUpState,
    initial=S.DRAFT,
    moves=(
        move("propose", sources=[S.DRAFT], target=S.PROPOSED, label=_("Lämna till nämnden")),
        move("send_back", sources=[S.PROPOSED], target=S.DRAFT, label=_("Ta tillbaka till utkast"), needs_reason=True),
        move("report", sources=[S.PROPOSED], target=S.REPORTED, label=_("Registrera nämndens beslut"), asks=True),
    ),
)
