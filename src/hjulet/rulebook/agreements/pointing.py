from django.utils.translation import gettext_lazy as _

from hjulet.rulebook.agreements.models import Agreement
from hjulet.rulebook.agreements.states import LIVING
from hjulet.rulebook.laws.pointing import Pointing

POINTS = (
    Pointing(
        key="agreements",
        model=Agreement,
        name=_("Avtal"),
        rows=lambda: Agreement.objects.filter(state__in=LIVING),
        provision="provisions",
    ),
)
