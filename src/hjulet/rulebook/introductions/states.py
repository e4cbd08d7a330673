from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class IntroductionState(models.TextChoices):
    PLANNED = "planned", _("Planerad")
    ONGOING = "ongoing", _("Pågår")
    FINISHED = "finished", _("Klar")
    CANCELLED = "cancelled", _("Avbruten")


S = IntroductionState

COLORS: dict[str, str] = {S.PLANNED: "info", S.ONGOING: "accent", S.FINISHED: "success", S.CANCELLED: "neutral"}
OPEN = (S.PLANNED, S.ONGOING)

WORKFLOW = Workflow(
    states=IntroductionState,
    initial=S.PLANNED,
    moves=(
        move("begin", sources=[S.PLANNED], target=S.ONGOING, label=_("Börja introduktionen")),
        move("finish", sources=[S.ONGOING], target=S.FINISHED, label=_("Markera introduktionen som klar")),
        move("reopen", sources=[S.FINISHED], target=S.ONGOING, label=_("Öppna igen"), needs_reason=True),
        move("cancel", sources=OPEN, target=S.CANCELLED, label=_("Avbryt introduktionen"), needs_reason=True),
    ),
)
