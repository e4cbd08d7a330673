from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.monitoring.recurring_duties.models import DutyTemplate

DUTY_TEMPLATES = Register(
    key="arshjulsmallar",
    model=DutyTemplate,
    fields=(
        "name",
        "kind",
        "description",
        "legal_basis",
        "frequency",
        "month",
        "day",
        "lead_days",
        "owner_role",
        "order",
    ),
    title=_("Mallar för årshjulet"),
    intro=_("Uppgifter som återkommer varje år. De börjar gälla först när någon lägger in dem i en enhets årshjul."),
)
