from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.monitoring.indicators.models import IndicatorTemplate

INDICATOR_TEMPLATES = Register(
    key="nyckeltalsmallar",
    model=IndicatorTemplate,
    fields=(
        "name",
        "definition",
        "kind",
        "scale_steps",
        "measure",
        "numerator",
        "denominator",
        "direction",
        "target",
        "target_measure",
        "method",
        "source",
        "collected_by",
        "frequency",
        "lag_days",
        "owner_role",
        "quality_area",
        "smallest",
        "question",
        "order",
    ),
    title=_("Mallar för nyckeltal"),
    intro=_("Nyckeltal som många nämnder har. De mäts först när någon tar in dem i en nämnd eller en enhet."),
)
