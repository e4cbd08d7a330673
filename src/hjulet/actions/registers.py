from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import ActionType
from hjulet.collaboration.registers.register import Register

ACTION_TYPES = Register(
    key="atgardstyper",
    model=ActionType,
    fields=("name", "strength", "explanation", "order"),
    title=_("Åtgärdstyper"),
    intro=_("Slag av åtgärder och hur starka de är. En stark åtgärd ändrar arbetssättet, en svag påminner om det."),
)
