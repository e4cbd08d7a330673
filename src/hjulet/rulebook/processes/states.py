from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class ProcessState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    IN_REVIEW = "in_review", _("På granskning")
    ADOPTED = "adopted", _("Fastställd")
    SUPERSEDED = "superseded", _("Ersatt")
    WITHDRAWN = "withdrawn", _("Upphävd")


class StepKind(models.TextChoices):
    """What an activity is in the flow; the gateways say how a branch is chosen."""

    TASK = "task", _("Aktivitet")
    SUB_PROCESS = "sub_process", _("Delprocess")
    EXCLUSIVE = "exclusive", _("Val av en väg")
    PARALLEL = "parallel", _("Alla vägar samtidigt")
    INCLUSIVE = "inclusive", _("Val av en eller flera vägar")
    START = "start", _("Start")
    END = "end", _("Slut")
    EVENT = "event", _("Händelse på vägen")


S = ProcessState

UNDECIDED = (S.DRAFT, S.IN_REVIEW)
DECIDED = (S.ADOPTED, S.SUPERSEDED, S.WITHDRAWN)
GATEWAYS = (StepKind.EXCLUSIVE, StepKind.PARALLEL, StepKind.INCLUSIVE)
# What somebody does, and so is somebody's.
DONE_BY_SOMEBODY = (StepKind.TASK, StepKind.SUB_PROCESS)

COLORS = {
    S.DRAFT: "neutral",
    S.IN_REVIEW: "info",
    S.ADOPTED: "success",
    S.SUPERSEDED: "neutral",
    S.WITHDRAWN: "warning",
}

WORKFLOW = Workflow(
    states=ProcessState,
    initial=S.DRAFT,
    moves=(
        move("send_to_review", sources=[S.DRAFT], target=S.IN_REVIEW, label=_("Skicka på granskning")),
        move("take_back", sources=[S.IN_REVIEW], target=S.DRAFT, label=_("Ta tillbaka till utkast"), needs_reason=True),
        move("adopt", sources=[S.IN_REVIEW], target=S.ADOPTED, label=_("Fastställ processen"), asks=True),
        move("supersede", sources=[S.ADOPTED], target=S.SUPERSEDED, label=_("Ersätt")),
        move("withdraw", sources=[S.ADOPTED], target=S.WITHDRAWN, label=_("Upphäv processen"), needs_reason=True),
    ),
)
