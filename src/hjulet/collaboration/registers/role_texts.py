"""The register of the organisation's slice of roles: it lies here because organisation does not know registers."""

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.organisation.models import RoleText

ROLE_TEXTS = Register(
    key="ansvar",
    model=RoleText,
    fields=("role", "text"),
    title=_("Ansvarsbeskrivningar"),
    intro=_("Kommunens egna ord om vad varje roll ansvarar för. Vad en roll får göra i systemet ändras inte här."),
)
