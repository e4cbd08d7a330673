"""A document with its people, and a version in a given state, reached by the real operations."""

from datetime import date
from io import BytesIO

import docx
import time_machine

from hjulet.base.documents import pdf
from hjulet.base.documents.model import Document, Paragraph
from hjulet.rulebook.documents import deciding, operations
from hjulet.rulebook.documents.states import VersionState as S
from hjulet.rulebook.models import DocumentKind
from tests.factories import person

TODAY = date(2026, 3, 16)
BODY = "# Så gör du\n\nTa emot synpunkten och tacka.\n\n- Skriv ner den.\n- Lämna den till chefen."


def kind(key="routine", name="Rutin", **given):
    row, _ = DocumentKind.objects.get_or_create(key=key, defaults={"name": name, **given})
    return row


def writer(where, name="Vera Lind"):
    """Writes and sends, and decides nothing."""
    return person(name, quality_developer=where)


def decider(where, name="Eva Chef"):
    """Decides what the enhetschef decides."""
    return person(name, unit_manager=where)


def start(by, unit, **given):
    given = {"title": "Rutin för synpunkter", "body": BODY, "decider_role": "unit_manager"} | given
    return operations.start_document(by=by, unit=unit, kind=given.pop("kind", None) or kind(), **given)


def first(document):
    return document.versions.order_by("number").first()


def latest(document):
    return document.versions.order_by("-number").first()


def write(version, by, **given):
    version.refresh_from_db()
    given = {"title": version.title, "body": version.body, "changes": version.changes} | given
    return operations.write_version(version, by=by, revision=version.revision, **given)


def send(version, by):
    return operations.send_version(version, by=by)


def discard(version, by):
    return operations.discard_version(version, by=by, reason="Börjades av misstag.")


def decide(version, by, valid_from=None):
    return deciding.decide_version(version, by=by, valid_from=valid_from or TODAY)


def record(version, by, **given):
    given = {
        "meeting_date": TODAY,
        "paragraph": "§ 12",
        "registry_number": "SN 2026/45",
        "valid_from": TODAY,
    } | given
    return deciding.record_committee_decision(version, by=by, **given)


def in_force(by, chief, unit, *, day=TODAY, **given):
    """A document of which the first version was decided on the day, and applies from it."""
    with time_machine.travel(day, tick=False):
        document = start(by, unit, **given)
        decide(send(first(document), by), chief, day)
    document.refresh_from_db()
    return document


def next_version(document, by, **given):
    """The draft of one more, with something to tell of."""
    version = operations.revise_document(document, by=by)
    return write(version, by, **{"changes": "Ny mottagare.", "body": BODY + "\n\nOch till nämnden."} | given)


def version_at(state, by, chief, unit):
    """A fresh version walked to the state; of a document whose second it is where that must be."""
    if state == S.SUPERSEDED:
        document = in_force(by, chief, unit, day=date(2026, 3, 1))
        version = first(document)
        decide(send(next_version(document, by), by), chief)
    elif state in (S.DRAFT, S.IN_REVIEW, S.DISCARDED):
        version = first(start(by, unit))
        if state == S.IN_REVIEW:
            send(version, by)
        elif state == S.DISCARDED:
            discard(version, by)
    else:
        version = send(first(start(by, unit)), by)
        decide(version, chief, date(2026, 9, 1) if state == S.DECIDED else TODAY)
        if state == S.WITHDRAWN:
            deciding.withdraw_version(version, by=chief, reason="Behövs inte.")
    version.refresh_from_db()
    assert version.state == state
    return version


def word_file(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_file(*lines):
    return pdf.render(Document("Nycklar", "Socialförvaltningen", TODAY, tuple(Paragraph(line) for line in lines)))
