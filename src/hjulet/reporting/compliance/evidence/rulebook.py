"""The documents that govern the work, and who answers for what."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.responsibilities.models import is_held
from hjulet.organisation.responsibilities.queries import responsibilities_visible_to
from hjulet.organisation.units.models import lies_below
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source
from hjulet.rulebook.documents.kinds import ROUTINE
from hjulet.rulebook.documents.queries import documents_in_force

IS_ROUTINE = Q(kind__key=ROUTINE)

# What is decided above the nämnd binds there too.
DOCUMENTS = Source(
    rows=lambda person, committee, day: documents_in_force(person, day).filter(
        Q(lies_below(committee)) | Q(unit__in=committee.lineage)
    ),
    evidence=(
        Evidence(
            "routine-roles",
            ("Q-9",),
            _("Rutiner som gäller och säger vilka roller de gäller"),
            lambda _day: IS_ROUTINE & ~Q(roles=[]),
            lambda _day: IS_ROUTINE & Q(roles=[]),
            "documents:list",
            _("Välj roller"),
        ),
        Evidence(
            "document-review",
            ("Q-20", "Q-22"),
            _("Styrande dokument som är översedda i tid"),
            lambda day: Q(next_review_date__gte=day),
            lambda day: Q(next_review_date=None) | Q(next_review_date__lt=day),
            "documents:list",
            _("Se över dem"),
        ),
    ),
)
RESPONSIBILITIES = Source(
    rows=lambda person, committee, _day: responsibilities_visible_to(person).filter(
        lies_below(committee), valid_to=None
    ),
    evidence=(
        Evidence(
            "area-holder",
            ("Q-5",),
            _("Ansvar för områden där någon har rollen"),
            lambda day: Q(is_held(day)),
            lambda day: ~Q(is_held(day)),
            "responsibilities:map",
            _("Ange ansvarig"),
        ),
    ),
    unit=lambda row: str(row.unit.name),
)
