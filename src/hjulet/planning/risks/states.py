from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.workflow import Workflow, move


class AnalysisState(models.TextChoices):
    ONGOING = "ongoing", _("Pågår")
    CONCLUDED = "concluded", _("Klar")


COLORS = {
    AnalysisState.ONGOING: "info",
    AnalysisState.CONCLUDED: "success",
}

WORKFLOW = Workflow(
    states=AnalysisState,
    initial=AnalysisState.ONGOING,
    moves=(
        move(
            "conclude",
            sources=[AnalysisState.ONGOING],
            target=AnalysisState.CONCLUDED,
            label=_("Markera riskanalysen som klar"),
        ),
        move(
            "reopen",
            sources=[AnalysisState.CONCLUDED],
            target=AnalysisState.ONGOING,
            label=_("Öppna riskanalysen igen"),
            needs_reason=True,
        ),
    ),
)
