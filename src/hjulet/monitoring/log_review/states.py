from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class ReviewState(models.TextChoices):
    WAITING = "waiting", _("Väntar")
    ONGOING = "ongoing", _("Pågår")
    SIGNED = "signed", _("Undertecknad")


S = ReviewState

COLORS: dict[str, str] = {S.WAITING: "neutral", S.ONGOING: "info", S.SIGNED: "success"}

WORKFLOW = Workflow(
    states=ReviewState,
    initial=S.WAITING,
    moves=(
        move("draw", sources=[S.WAITING], target=S.ONGOING, label=_("Dra stickprovet")),
        move("sign", sources=[S.ONGOING], target=S.SIGNED, label=_("Underteckna granskningen"), asks=True),
    ),
)
