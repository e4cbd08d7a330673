from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    IN_FORCE = "in_force", _("Gäller")
    ENDED = "ended", _("Avslutat")
    TERMINATED = "terminated", _("Uppsagt")
    REPLACED = "replaced", _("Ersatt")


S = AgreementState

LIVING = (S.DRAFT, S.IN_FORCE)
OVER = (S.ENDED, S.TERMINATED, S.REPLACED)

COLORS: dict[str, str] = {
    S.DRAFT: "neutral",
    S.IN_FORCE: "success",
    S.ENDED: "neutral",
    S.TERMINATED: "warning",
    S.REPLACED: "info",
}

WORKFLOW = Workflow(
    states=AgreementState,
    initial=S.DRAFT,
    moves=(
        move("put_in_force", sources=[S.DRAFT], target=S.IN_FORCE, label=_("Sätt i kraft")),
        move("terminate", sources=[S.IN_FORCE], target=S.TERMINATED, label=_("Säg upp"), needs_reason=True),
        move("replace", sources=[S.IN_FORCE], target=S.REPLACED, label=_("Ersätt med ett annat"), needs_reason=True),
        move("end", sources=LIVING, target=S.ENDED, label=_("Avsluta"), needs_reason=True),
        move(
            "reinstate",
            sources=[S.ENDED, S.TERMINATED],
            target=S.IN_FORCE,
            label=_("Låt gälla igen"),
            needs_reason=True,
        ),
    ),
)
