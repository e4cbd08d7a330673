from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.planning.quality_plan.models import PlanTextTemplate

PLAN_TEXTS = Register(
    key="planmall",
    model=PlanTextTemplate,
    fields=("title", "quality_area", "body", "order"),
    title=_("Planmallens texter"),
    intro=_("Rubrikerna i en ny kvalitetsplan och de ord den börjar från. Planer som redan finns ändras inte."),
)
