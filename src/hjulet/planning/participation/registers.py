from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.planning.participation.models import MeetingKind

MEETING_KINDS = Register(
    key="motesformer",
    model=MeetingKind,
    fields=("name", "voice", "order"),
    title=_("Mötesformer"),
    intro=_("De former där brukare, anhöriga, medarbetare och andra är med och påverkar, och vems röst som hörs där."),
)
