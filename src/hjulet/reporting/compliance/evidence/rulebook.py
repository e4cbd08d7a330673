"""The documents that govern the work and who has read them, what is agreed with others, and who answers for what."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.responsibilities.models import is_held
from hjulet.organisation.responsibilities.queries import responsibilities_visible_to
from hjulet.organisation.units.models import lies_below
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source
from hjulet.rulebook.agreements.queries import agreements_visible_to
from hjulet.rulebook.agreements.states import AgreementState
from hjulet.rulebook.documents.kinds import ROUTINE
from hjulet.rulebook.documents.queries import documents_in_force
from hjulet.rulebook.models import GoverningDocument
from hjulet.rulebook.receipts.queries import requests_listed_for

ALL = Q()
IS_ROUTINE = Q(kind__key=ROUTINE)


def points_to(requirement: str, document: str = "") -> Q:
    """That the document at this path says that it is governed by the requirement."""
    pointing = GoverningDocument.provisions.through.objects.filter(provision__key=requirement)
    return Q(**{f"{document}pk__in": pointing.values("governingdocument")})


def reviewed(key: str, requirements: tuple[str, ...], label: Any, mend: Any, among: Q = ALL) -> Evidence:
    return Evidence(
        key,
        requirements,
        label,
        lambda day: among & Q(next_review_date__gte=day),
        lambda day: among & (Q(next_review_date=None) | Q(next_review_date__lt=day)),
        "documents:list",
        mend,
    )


def pointing(key: str, requirement: str) -> Evidence:
    label = _("Styrande dokument som gäller och pekar på kravet")
    mend = _("Peka på kravet, eller se över dokumentet")
    return reviewed(key, (requirement,), label, mend, points_to(requirement))


def read(key: str, requirement: str, label: Any, among: Q = ALL) -> Evidence:
    return Evidence(
        key,
        (requirement,),
        label,
        lambda _day: among & Q(asked__gt=0, read__gte=F("asked")),
        lambda day: among & Q(due_date__lt=day, read__lt=F("asked")),
        "receipts:list",
        _("Se vilka som inte har läst"),
    )


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
        reviewed("document-review", ("Q-20", "Q-22"), _("Styrande dokument som är översedda i tid"), _("Se över dem")),
        pointing("document-words", "Q-3"),
        pointing("document-patient-complaints", "Q-16"),
        pointing("document-exemption", "Q-26"),
    ),
)
RECEIPTS = Source(
    rows=lambda person, committee, _day: requests_listed_for(person).filter(lies_below(committee), withdrawn_date=None),
    evidence=(
        read("document-read", "Q-21", _("Begärda läsningar där alla har läst")),
        read(
            "complaints-read",
            "Q-15",
            _("Begärda läsningar av rutinen för klagomål där alla har läst"),
            points_to("Q-15", "version__document__"),
        ),
        read(
            "reports-read",
            "Q-17",
            _("Begärda läsningar av rutinen för lex Sarah där alla har läst"),
            points_to("Q-17", "version__document__"),
        ),
    ),
)
IN_FORCE = Q(state=AgreementState.IN_FORCE)
AGREEMENTS = Source(
    rows=lambda person, committee, _day: agreements_visible_to(person).filter(lies_below(committee)),
    evidence=(
        Evidence(
            "agreement",
            ("Q-11",),
            _("Avtal och överenskommelser som gäller"),
            lambda day: IN_FORCE & (Q(valid_to=None) | Q(valid_to__gte=day)),
            lambda day: IN_FORCE & Q(valid_to__lt=day),
            "agreements:list",
            _("Förläng eller avsluta"),
        ),
        Evidence(
            "agreement-follow-up",
            ("Q-11",),
            _("Avtal och överenskommelser som följs upp i tid"),
            lambda day: IN_FORCE & Q(next_follow_up_date__gte=day),
            lambda day: IN_FORCE & Q(next_follow_up_date__lt=day),
            "agreements:list",
            _("Följ upp dem"),
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
