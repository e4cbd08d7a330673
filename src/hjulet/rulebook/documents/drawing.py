"""A version as a document: on its page, and in the files that are kept when it is decided."""

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hjulet.base import markdown
from hjulet.base.documents.model import Block, Column, Document, Heading, Paragraph, Row, Table
from hjulet.rulebook.documents.models import DocumentVersion

FACTS = (Column(1), Column(3))


def document_of(version: DocumentVersion) -> Document:
    return Document(
        title=version.title,
        subtitle=f"{version.document.kind}, {_('version')} {version.number}",
        organisation=str(version.unit),
        date=version.decided_date or timezone.localdate(),
        blocks=(*text_of(version), Heading(1, _("Om dokumentet")), facts_of(version)),
    )


def text_of(version: DocumentVersion) -> tuple[Block, ...]:
    """The text in Markdown, or what could be read in the file: its lines."""
    if version.upload_id is None:
        return markdown.to_blocks(version.body, table_caption=version.title)
    return tuple(Paragraph(line) for line in version.upload_text.splitlines() if line.strip())


def facts_of(version: DocumentVersion) -> Table:
    document = version.document
    facts = [
        (_("Gäller för"), document.unit.name),
        (_("Ansvarig"), document.owner),
        (_("Beslutat av"), decided_by(version)),
        (_("Beslutsdag"), version.decided_date and version.decided_date.isoformat()),
        (_("Gäller från och med"), version.valid_from and version.valid_from.isoformat()),
        (_("Vad som har ändrats"), version.changes),
    ]
    rows = tuple(Row((name, str(value))) for name, value in facts if value)
    return Table(_("Om dokumentet"), FACTS, (Row((_("Uppgift"), _("Värde"))),), rows)


def decided_by(version: DocumentVersion) -> str:
    """In words, as it was then: the nämnd and its paragraph, or the person, the title and by what right."""
    if version.decision:
        return f"{version.decision}, {version.decision.registry_number}"
    parts = [version.decided_by_name, version.decided_by_title, version.delegation_text]
    return version.decided_before or ", ".join(part for part in parts if part)


def file_name(version: DocumentVersion) -> str:
    return f"{slugify(version.title)[:120] or 'dokument'}-version-{version.number}"
