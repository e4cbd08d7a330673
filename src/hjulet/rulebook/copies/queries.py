from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from hjulet.organisation.models import Person
from hjulet.rulebook.copies import rules
from hjulet.rulebook.copies.models import Copy, Piece
from hjulet.rulebook.documents.comparing import Comparison, compare
from hjulet.rulebook.documents.models import DocumentVersion

AT_A_TIME = 200
PIECES_IN_COMMON = 12


def not_yet_compared(day: date) -> QuerySet[DocumentVersion]:
    """What applies and has not been compared, however long ago it began to."""
    return DocumentVersion.objects.on(day).filter(sketch=None).order_by("pk")


def perhaps_alike(version: DocumentVersion, found: Sequence[int], day: date) -> QuerySet[DocumentVersion]:
    """Versions of other documents that apply and share so many of the kept pieces that the texts are worth comparing."""
    shared = Piece.objects.filter(value__in=found).values("sketch").annotate(count=Count("pk"))
    likely = shared.filter(count__gte=PIECES_IN_COMMON).values("sketch__version")
    others = DocumentVersion.objects.on(day).exclude(document=version.document_id)
    return others.filter(pk__in=likely).order_by("pk")


def copies_visible_to(person: Person) -> QuerySet[Copy]:
    """Where every page about copies starts: both texts apply, and the person may read both."""
    rows = Copy.objects.visible_to(person).that_apply()
    return rows.select_related("first__document__unit", "second__document__unit", "kept_by")


@dataclass(frozen=True)
class CopyPage:
    """Two texts side by side: what only one of them says, word by word."""

    copy: Copy
    comparison: Comparison
    may_keep: bool
    obstacle: str | None


def copy_page(copy: Copy, person: Person) -> CopyPage:
    return CopyPage(
        copy, compare(copy.first, copy.second), rules.may_keep(person, copy), rules.obstacle_to_keeping(copy)
    )
