from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.rulebook.introduction_templates.models import StandardPoint

STANDARD_POINTS = Register(
    key="introduktionspunkter",
    model=StandardPoint,
    fields=("name", "kind", "work", "legal_basis", "signed_by", "days", "order"),
    title=_("Introduktionspunkter"),
    intro=_(
        "Punkter som en ny mall för introduktion kan börja med. Det som redan står i en mall ändras inte härifrån."
    ),
)
