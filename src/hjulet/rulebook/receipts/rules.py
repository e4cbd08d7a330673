from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.rulebook.documents.concerns import binds_in
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.receipts.models import ReadingRequest, ReadReceipt


def may_ask(person: Person, document: GoverningDocument, unit: Unit) -> bool:
    """Whoever answers for the document asks all whom it binds; whoever runs a unit asks those who work there."""
    return binds_in(document, unit) and (
        document.is_owned_by(person)
        or holds(person, Permission.RULEBOOK_EDIT, unit)
        or holds(person, Permission.RULEBOOK_EDIT, document.unit)
    )


def may_ask_somewhere(person: Person, document: GoverningDocument) -> bool:
    return document.is_owned_by(person) or holds_anywhere(person, Permission.RULEBOOK_EDIT)


def may_withdraw(person: Person, request: ReadingRequest) -> bool:
    return may_ask(person, request.version.document, request.unit)


def may_see_names(person: Person, unit: Unit) -> bool:
    """Who has not read yet is told to whoever leads the staff of the unit, and to nobody else."""
    return holds(person, Permission.STAFF_LEAD, unit)


def obstacle_to_reading(version: DocumentVersion) -> str | None:
    """Why a version is not one that somebody is to read now."""
    today = timezone.localdate()
    if not version.is_decided:
        return _("Dokumentet är inte beslutat ännu.")
    if version.valid_to is not None and (version.valid_to < today or is_empty(version)):
        return _("Den här versionen gäller inte längre.")
    return None


def is_empty(version: DocumentVersion) -> bool:
    """Withdrawn before it began to apply."""
    return version.valid_from is not None and version.valid_to is not None and version.valid_to < version.valid_from


def obstacle_to_asking(version: DocumentVersion, unit: Unit, due_date: date) -> str | None:
    if obstacle := obstacle_to_reading(version):
        return obstacle
    if due_date < timezone.localdate():
        return _("Välj en dag som inte har varit.")
    if version.reading_requests.filter(unit=unit, withdrawn_date=None).exists():
        return _("Den här versionen ska redan läsas i %(unit)s. Ta tillbaka den begäran först.") % {"unit": unit.name}
    return None


def obstacle_to_confirming(person: Person, version: DocumentVersion) -> str | None:
    if obstacle := obstacle_to_reading(version):
        return obstacle
    receipt = ReadReceipt.objects.filter(version=version, person=person).first()
    if receipt:
        return _("Du har redan bekräftat att du har läst, den %(day)s.") % {"day": receipt.read_date.isoformat()}
    return None


def obstacle_to_withdrawing(request: ReadingRequest) -> str | None:
    return _("Begäran är redan tagen tillbaka.") if request.withdrawn_date else None
