"""What may be missing in what we must follow."""

from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.reporting.gaps.shape import NO_OWNER, Kind, Source
from hjulet.rulebook.agreements import rules as agreement_rules
from hjulet.rulebook.agreements.queries import agreements_visible_to, committees_to_keep_agreements_in, uncovered
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
AGREEMENTS = Source(
    rows=lambda person, _year: agreements_visible_to(person).in_force(),
    unit="unit",
    kinds=(
        Kind(
            "agreement-owner",
            _("Avtal som gäller utan ansvarig eller kontakt"),
            _("Fyll i"),
            "agreements:change",
            lambda _day: NO_OWNER | Q(contact_function=""),
            agreement_rules.may_change,
        ),
        Kind(
            "agreement-follow-up",
            _("Avtal med försenad uppföljning"),
            _("Registrera en uppföljning"),
            "agreement_follow_ups:record",
            lambda day: Q(next_follow_up_date__lt=day),
            agreement_rules.may_follow_up,
        ),
        Kind(
            "agreement-end",
            _("Avtal som står som gällande fast sista dagen har varit"),
            _("Öppna avtalet"),
            "agreements:detail",
            lambda day: Q(valid_to__lt=day),
            agreement_rules.may_change,
        ),
    ),
)
MANDATORY_AGREEMENTS = Source(
    rows=lambda person, _year: committees_to_keep_agreements_in(person),
    unit="committee",
    kinds=(
        Kind(
            "agreement-mandatory",
            _("Nämnder där en överenskommelse som lagen kräver saknas"),
            _("Se vilken som saknas"),
            "agreements:mandatory",
            lambda day: Exists(uncovered(day).order_by()),
            agreement_rules.may_draft,
        ),
    ),
)

SOURCES = (DOCUMENTS, LAW_REVIEWS, AGREEMENTS, MANDATORY_AGREEMENTS)
