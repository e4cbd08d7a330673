from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.planning.competence.models import Competence

COMPETENCES = Register(
    key="kompetenser",
    model=Competence,
    fields=("name", "area", "legal_basis", "order"),
    title=_("Kompetenser"),
    intro=_("Det som arbetet kräver att någon kan eller är. Kompetenskartan säger hur många som behöver och har det."),
)
