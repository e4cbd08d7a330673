from django.utils.translation import gettext_lazy as _

from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.laws.pointing import Pointing

POINTS = (
    Pointing(
        key="documents",
        model=GoverningDocument,
        name=_("Styrande dokument"),
        rows=lambda: GoverningDocument.objects.filter(withdrawn_date=None),
        provision="provisions",
    ),
)
