from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.rulebook.quality_areas.models import QualityArea

QUALITY_AREAS = Register(
    key="kvalitetsomraden",
    model=QualityArea,
    fields=("name", "explanation", "order", "valid_from", "valid_to"),
    title=_("Kvalitetsområden"),
    intro=_("De perspektiv som kvaliteten bedöms ur. Risker, egenkontroller och planens kapitel hör till ett område."),
)
