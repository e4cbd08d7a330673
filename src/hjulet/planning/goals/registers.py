from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.planning.goals.models import GoalLevel

GOAL_LEVELS = Register(
    key="malnivaer",
    model=GoalLevel,
    fields=("name", "explanation", "order"),
    title=_("Målnivåer"),
    intro=_("Stegen i målkedjan, från vision till enhetens egna mål. Lägst ordning står överst."),
)
