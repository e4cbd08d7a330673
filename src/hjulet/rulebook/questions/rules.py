from django.utils.translation import gettext as _

from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.rulebook.documents.concerns import binds
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.questions.models import DocumentQuestion


def may_ask(person: Person, document: GoverningDocument) -> bool:
    return binds(document, person)


def may_answer(person: Person, document: GoverningDocument) -> bool:
    """Whoever owns the document, and whoever keeps the rulebook of its unit."""
    return document.is_owned_by(person) or holds(person, Permission.RULEBOOK_EDIT, document.unit)


def obstacle_to_asking(version: DocumentVersion) -> str | None:
    return None if version.is_decided else _("Dokumentet är inte beslutat ännu. Kommentera utkastet i stället.")


def obstacle_to_answering(question: DocumentQuestion) -> str | None:
    return _("Frågan är redan besvarad.") if question.is_answered else None
