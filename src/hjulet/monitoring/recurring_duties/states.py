from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class DutyState(models.TextChoices):
    PLANNED = "planned", _("Planerad")
    DONE = "done", _("Gjord")
    NOT_APPLICABLE = "not_applicable", _("Inte aktuell")


S = DutyState

COLORS: dict[str, str] = {S.PLANNED: "info", S.DONE: "success", S.NOT_APPLICABLE: "neutral"}

WORKFLOW = Workflow(
    states=DutyState,
    initial=S.PLANNED,
    moves=(
        move("finish", sources=[S.PLANNED], target=S.DONE, label=_("Markera som gjord"), asks=True),
        move("reopen", sources=[S.DONE], target=S.PLANNED, label=_("Öppna igen"), needs_reason=True),
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
