"""Which texts lead out, and who may see the rows that have them. A new one is an entry here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import IntegerField, Model, QuerySet, Value
from django.utils import timezone

from hjulet.monitoring.models import DutyOccurrence
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.planning.models import QualityPlan
from hjulet.rulebook.models import DocumentVersion, GoverningDocument, Law

ADDRESS = re.compile(r"https?://[^\s<>\"'\]]+")
LONGEST = 500


@dataclass(frozen=True)
class Source:
    """`texts` gives for each row its key, its unit's key and what it says."""

    model: type[Model]
    texts: Callable[[], QuerySet]
    visible_to: Callable[[Person], QuerySet]


def laws_visible_to(person: Person) -> QuerySet[Law]:
    return Law.objects.all() if holds_anywhere(person, Permission.RULEBOOK_READ) else Law.objects.none()


def texts_of_documents() -> QuerySet:
    """What applies today."""
    applying = DocumentVersion.objects.on(timezone.localdate())
    return applying.order_by().values_list("document_id", "document__unit_id", "body")


SOURCES = (
    Source(
        Law,
        lambda: (
            Law.objects.exclude(link="").annotate(place=Value(None, IntegerField())).values_list("pk", "place", "link")
        ),
        laws_visible_to,
    ),
    Source(GoverningDocument, texts_of_documents, GoverningDocument.objects.visible_to),
    Source(
        DutyOccurrence,
        lambda: DutyOccurrence.objects.exclude(link="").values_list("pk", "duty__unit_id", "link"),
        DutyOccurrence.objects.visible_to,
    ),
    Source(
        QualityPlan,
        lambda: QualityPlan.objects.values_list("pk", "unit_id", "texts__body"),
        QualityPlan.objects.visible_to,
    ),
)


def addresses_in(text: str) -> Iterator[str]:
    """Those that stand in a text, without the sign that ends the sentence or the bracket that was opened before."""
    for match in ADDRESS.finditer(text or ""):
        address = match.group().rstrip(".,;:!?*_")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        if len(address) <= LONGEST:
            yield address
