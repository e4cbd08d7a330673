from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.monitoring.frequencies.models import Frequency

FREQUENCIES = Register(
    key="frekvenser",
    model=Frequency,
    fields=("name", "months", "synonyms", "order"),
    title=_("Frekvenser"),
    intro=_("Hur ofta en egenkontroll görs. Utan antal månader görs den löpande och sammanfattas en gång om året."),
)
