"""What the two nämnder have written for themselves to follow, as it was written, decided and looked at again."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

import docx
from django.core.files.base import ContentFile

from hjulet.base.documents import pdf
from hjulet.base.documents.model import Document, Paragraph
from hjulet.demo.world import Event, World
from hjulet.rulebook.documents import deciding
from hjulet.rulebook.documents import operations as documents
from hjulet.rulebook.models import DocumentKind, DocumentVersion, GoverningDocument, Provision, QualityArea


def events(world: World) -> Iterator[Event]:
    for told in world.data("documents"):
        for number, version in enumerate(told["versions"]):
            begin = partial(start, world, told, version) if number == 0 else partial(revise, world, told, version)
            yield world.event(version["written"], begin)
            if "sent" in version:
                yield world.event(version["sent"], partial(send, world, told))
            if "decided" in version:
                yield world.event(version["decided"], partial(decide, world, told, version))
        for review in told.get("reviews", ()):
            yield world.event(review["day"], partial(confirm, world, told, review))
        if "due" in told:
            yield world.event(told["due"]["day"], partial(bring_forward, world, told))


def start(world: World, told: dict[str, Any], first: dict[str, Any]) -> None:
    document = documents.start_document(
        by=world.person(told["writer"]),
        unit=world.unit(told["unit"]),
        kind=world.library(DocumentKind, told["kind"]),
        title=told["title"],
        summary=told["summary"],
        search_words=told.get("search_words", ""),
        decider_role=told["decider"],
        reviewer=world.person(told["reviewer"]) if "reviewer" in told else None,
        roles=told.get("roles", []),
        provisions=[world.library(Provision, key) for key in told.get("provisions", ())],
        quality_areas=[world.library(QualityArea, key) for key in told.get("areas", ())],
        body=first.get("body", ""),
        **world.owner(told["owner"]),
    )
    world.put("document", told["key"], document)
    keep_file(world, told, first)


def revise(world: World, told: dict[str, Any], next_one: dict[str, Any]) -> None:
    """A later version says the whole text anew, or what takes the place of words in the one before."""
    by = world.person(told["writer"])
    version = documents.revise_document(document_of(world, told), by=by)
    body = next_one.get("body", version.body)
    for old, new in next_one.get("instead", {}).items():
        body = body.replace(old, new)
    documents.write_version(
        version, by=by, revision=version.revision, title=version.title, changes=next_one["changes"], body=body
    )
    keep_file(world, told, next_one)


def keep_file(world: World, told: dict[str, Any], version: dict[str, Any]) -> None:
    if "file" in version:
        upload = ContentFile(content_of(world, told, version), name=version["file"])
        documents.keep_file(draft_of(world, told), by=world.person(told["writer"]), upload=upload)


def content_of(world: World, told: dict[str, Any], version: dict[str, Any]) -> bytes:
    if version["file"].endswith(".pdf"):
        paragraphs = tuple(Paragraph(line) for line in version["lines"])
        return pdf.render(Document(told["title"], "Lindvalla kommun", world.today(), paragraphs))
    word = docx.Document()
    word.add_heading(told["title"], level=1)
    for line in version["lines"]:
        word.add_paragraph(line)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def send(world: World, told: dict[str, Any]) -> None:
    documents.send_version(draft_of(world, told), by=world.person(told["writer"]))


def decide(world: World, told: dict[str, Any], version: dict[str, Any]) -> None:
    draft, by = draft_of(world, told), world.person(version["by"])
    valid_from = max(world.calendar.date(version.get("from", version["decided"])), world.today())
    if told["decider"]:
        deciding.decide_version(draft, by=by, valid_from=valid_from)
    else:
        deciding.record_committee_decision(
            draft,
            by=by,
            meeting_date=world.today(),
            paragraph=version["paragraph"],
            registry_number=version["registry_number"],
            valid_from=valid_from,
        )


def confirm(world: World, told: dict[str, Any], review: dict[str, Any]) -> None:
    documents.confirm_document(document_of(world, told), by=world.person(review["by"]), comment=review["text"])


def bring_forward(world: World, told: dict[str, Any]) -> None:
    """Somebody wants it looked at sooner than its kind says."""
    document = document_of(world, told)
    documents.change_document(
        document,
        by=world.person(told["writer"]),
        revision=document.revision,
        next_review_date=world.calendar.date(told["due"]["to"]),
    )


def document_of(world: World, told: dict[str, Any]) -> GoverningDocument:
    document: GoverningDocument = world.get("document", told["key"])
    document.refresh_from_db()
    return document


def draft_of(world: World, told: dict[str, Any]) -> DocumentVersion:
    return document_of(world, told).versions.undecided().get()
