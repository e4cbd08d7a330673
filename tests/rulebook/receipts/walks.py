"""A document that is in force, and a request to read it, reached by the real operations."""

from datetime import date

from hjulet.rulebook.documents.models import DocumentKind, DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.states import VersionState
from hjulet.rulebook.receipts import operations

TODAY = date(2026, 3, 16)
DUE = date(2026, 3, 31)


def version_in_force(unit, *, title="Rutin för basal hygien", owner=None, number=1, document=None, **given):
    kind, _created = DocumentKind.objects.get_or_create(key="routine", defaults={"name": "Rutin"})
    document = document or GoverningDocument.objects.create(unit=unit, kind=kind, title=title, owner_person=owner)
    given = {"valid_from": date(2026, 1, 1), "state": VersionState.IN_FORCE} | given
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        title=title,
        changes="Handskar byts oftare.\nSpriten står vid dörren.\nSmycken tas av.",
        decided_before="Beslutad innan den lästes in",
        decided_before_date=date(2025, 12, 1),
        **given,
    )


def ask(version, by, unit, *, roles=(), due_date=DUE):
    """As a page would load it."""
    (asked,) = operations.ask_to_read(version, by=by, unit=unit, roles=roles, due_date=due_date)
    return asked
