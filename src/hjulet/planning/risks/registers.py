from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.planning.risks.models import OperationalArea, RiskSource

RISK_SOURCES = Register(
    key="riskkallor",
    model=RiskSource,
    fields=("name", "order"),
    title=_("Källor till risker"),
    intro=_("Var vi fick syn på risken, till exempel i en avvikelse eller i förra årets berättelse."),
)
OPERATIONAL_AREAS = Register(
    key="verksamhetsomraden",
    model=OperationalArea,
    fields=("name", "order"),
    title=_("Verksamhetsområden"),
    intro=_("De slag av verksamhet som risker sorteras efter."),
)
