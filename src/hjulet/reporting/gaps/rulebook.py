"""What may be missing in what we must follow."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.reporting.gaps.shape import NO_OWNER, Kind, Source
from hjulet.rulebook.documents import rules as document_rules
from hjulet.rulebook.documents.kinds import ROUTINE
from hjulet.rulebook.documents.queries import documents_in_force
from hjulet.rulebook.laws import rules as law_rules
from hjulet.rulebook.laws.queries import law_reviews_visible_to
from hjulet.rulebook.laws.states import ReviewState

DOCUMENTS = Source(
    rows=lambda person, _year: documents_in_force(person, timezone.localdate()),
    unit="unit",
    kinds=(
        Kind(
            "document-owner",
            _("Styrande dokument utan ansvarig"),
            _("Välj ansvarig"),
            "documents:change",
            lambda _day: NO_OWNER,
            document_rules.may_change,
        ),
        Kind(
            "document-review",
            _("Styrande dokument som skulle ha setts över"),
            _("Se över dokumentet"),
            "documents:confirm",
            lambda day: Q(next_review_date=None) | Q(next_review_date__lt=day),
            document_rules.may_change,
        ),
        Kind(
            "document-roles",
            _("Rutiner som inte säger vilka roller de gäller"),
            _("Välj roller"),
            "documents:scope",
            lambda _day: Q(kind__key=ROUTINE, roles=[]),
            document_rules.may_change,
        ),
    ),
)
LAW_REVIEWS = Source(
    rows=lambda person, _year: law_reviews_visible_to(person).filter(state=ReviewState.OPEN),
    unit="unit",
    kinds=(
        Kind(
            "law-review-late",
            _("Det som styrs av en lag som har ändrats, och som ingen har gått igenom i tid"),
            _("Gå igenom"),
            "laws:finish",
            lambda day: Q(due_date__lt=day),
            law_rules.may_work_on,
        ),
    ),
)

SOURCES = (DOCUMENTS, LAW_REVIEWS)
