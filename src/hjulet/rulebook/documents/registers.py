from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.rulebook.documents.models import DocumentKind

DOCUMENT_KINDS = Register(
    key="dokumentslag",
    model=DocumentKind,
    fields=("name", "explanation", "review_months", "order"),
    title=_("Slag av styrande dokument"),
    intro=_("Vad ett styrande dokument kan vara, och hur länge det får stå innan någon ser över om det stämmer."),
)
