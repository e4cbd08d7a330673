from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.rulebook.agreements.models import AgreementKind, MandatoryBasis

AGREEMENT_KINDS = Register(
    key="avtalsslag",
    model=AgreementKind,
    fields=("name", "explanation", "order"),
    title=_("Slag av avtal"),
    intro=_("Överenskommelser om samverkan, avtal med utförare och uppdrag till den egna regin."),
)
MANDATORY_BASES = Register(
    key="obligatoriska-overenskommelser",
    model=MandatoryBasis,
    fields=("name", "legal_basis", "explanation", "order", "valid_from", "valid_to"),
    title=_("Överenskommelser som lagen kräver"),
    intro=_("De grupper som kommunen ska ha en överenskommelse med regionen om. Saknas en syns det i Bruten tråd."),
)
