from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class OutcomeState(models.TextChoices):
    NEW = "new", _("Inte besvarad")
    LINKED = "linked", _("Har lett till något")
    NO_MEASURE = "no_measure", _("Besvarad utan åtgärd")


S = OutcomeState

COLORS: dict[str, str] = {S.NEW: "warning", S.LINKED: "success", S.NO_MEASURE: "neutral"}

# What works is said without anybody waiting for an answer.
NO_ANSWER_NEEDED = _("Behöver inget svar")

# What came out of a meeting may be without an answer so long before the thread is broken.
ANSWERED_WITHIN = timedelta(days=30)

WORKFLOW = Workflow(
    states=OutcomeState,
    initial=S.NEW,
    moves=(
        move("link", sources=[S.NEW], target=S.LINKED, label=_("Koppla till åtgärd eller risk")),
        move(
            "answer",
            sources=[S.NEW],
            target=S.NO_MEASURE,
            label=_("Besvara utan åtgärd"),
            needs_reason=True,
        ),
        move(
            "reopen",
            sources=[S.LINKED, S.NO_MEASURE],
            target=S.NEW,
            label=_("Öppna igen"),
            needs_reason=True,
        ),
    ),
)
