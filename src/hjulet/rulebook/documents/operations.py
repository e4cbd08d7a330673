"""Writing a document until it lies before whoever decides, and looking whether it is still right. Deciding: `deciding`."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.collaboration.attachments.operations import attach, withdraw_attachment
from hjulet.organisation.decisions.rules import may_record
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import may_manage, obstacle_to_beginning_in
from hjulet.rulebook.documents import rules
from hjulet.rulebook.documents.file_texts import text_of
from hjulet.rulebook.documents.models import MANY, DocumentKind, DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.moving import make_move
from hjulet.rulebook.documents.notices import tell_of_what_was_sent, tell_owner
from hjulet.rulebook.documents.queries import documents_not_seen_since, version_on
from hjulet.rulebook.documents.reviews import DocumentReview, next_review
from hjulet.rulebook.documents.states import VersionState


@operation
def start_document(
    *, by: Person, unit: Unit, kind: DocumentKind, title: str, body: str = "", **facts: Any
) -> GoverningDocument:
    """A document with the draft of its first version. `facts` are the other fields of `DocumentForm`."""
    require(rules.may_start(by, unit))
    require_no(obstacle_to_beginning_in(unit) or rules.obstacle_to_naming(unit, facts.get("decider_role", "")))
    many = {name: list(facts.pop(name)) for name in MANY if name in facts}
    document = GoverningDocument(unit=unit, kind=kind, title=title, **facts)
    document.full_clean()
    document.save()
    for name, rows in many.items():
        getattr(document, name).set(rows)
    audit.record("document.started", by=by, target=document, after={"title": title, "kind": kind, **said(many)})
    begin_version(document, by=by, number=1, title=title, body=body)
    tell_owner(document, by=by)
    return document


@operation
def change_document(document: GoverningDocument, *, by: Person, revision: int, **changes: Any) -> GoverningDocument:
    """What is said about the document beside its text; `changes` are fields of `DocumentForm`."""
    require(rules.may_change(by, document))
    require_no(rules.obstacle_to_naming(document.unit, changes.get("decider_role", document.decider_role)))
    many = {name: list(changes.pop(name)) for name in MANY if name in changes}
    before, after = save_changes(document, revision=revision, changes=changes)
    was = {name: list(getattr(document, name).all()) for name in many}
    other = {name: rows for name, rows in many.items() if set(rows) != set(was[name])}
    for name, rows in other.items():
        getattr(document, name).set(rows)
    if other and not after:
        document.revision += 1
        document.save(update_fields=["revision"])
    if after or other:
        audit.record(
            "document.changed",
            by=by,
            target=document,
            before=before | said({name: was[name] for name in other}),
            after=after | said(other),
        )
    if after.keys() & {"owner_person", "owner_role"}:
        tell_owner(document, by=by)
    return document


@operation
def revise_document(document: GoverningDocument, *, by: Person) -> DocumentVersion:
    """The draft of a new version, with the text of the latest to begin from; what applies goes on doing so."""
    require(rules.may_change(by, document))
    current = locked(document)
    require_no(rules.obstacle_to_revising(document))
    latest = document.versions.latest("number")
    like = document.versions.exclude(state=VersionState.DISCARDED).order_by("-number").first()
    if like is None:
        take_up_again(current, by=by)
    body = (like or latest).body
    return begin_version(document, by=by, number=latest.number + 1, title=document.title, body=body)


def take_up_again(document: GoverningDocument, *, by: Person) -> None:
    """One that came to nothing is being written after all."""
    before = set_withdrawn(document, None, "")
    audit.record("document.taken_up_again", by=by, target=document, before=before, after={"withdrawn_date": None})


def set_withdrawn(document: GoverningDocument, day: date | None, reason: str) -> dict[str, Any]:
    """Returns what stood before."""
    before = {"withdrawn_date": document.withdrawn_date, "reason": document.withdrawn_reason}
    document.withdrawn_date, document.withdrawn_reason = day, reason
    document.revision += 1
    document.save(update_fields=["withdrawn_date", "withdrawn_reason", "revision"])
    return before


def begin_version(document: GoverningDocument, *, by: Person, number: int, title: str, body: str) -> DocumentVersion:
    version = DocumentVersion(document=document, number=number, title=title, body=body)
    version.full_clean()
    version.save()
    audit.record("documentversion.started", by=by, target=version, after={"title": title, "number": number})
    return version


@operation
def write_version(
    version: DocumentVersion, *, by: Person, revision: int, title: str, changes: str, body: str = ""
) -> DocumentVersion:
    require(rules.may_change(by, version.document))
    require_no(rules.obstacle_to_writing(locked(version)))
    if body:
        require_no(rules.obstacle_to_text(version))
    if sentence := rules.obstacle_in_changes(changes):
        raise ValidationError({"changes": sentence})
    written = {"title": title, "changes": changes.strip(), "body": body}
    before, after = save_changes(version, revision=revision, changes=written)
    if after:
        audit.record("documentversion.written", by=by, target=version, before=before, after=after)
    return version


@operation
def keep_file(version: DocumentVersion, *, by: Person, upload: File) -> DocumentVersion:
    """A file in the place of a text: kept as it is, and its text read so that it can be found and compared.

    Raises `ValidationError` on `upload` for a file that we do not take or cannot read.
    """
    require(rules.may_change(by, version.document))
    current = locked(version)
    require_no(rules.obstacle_to_file(current))
    text = text_of(upload)
    earlier = current.upload
    attachment = attach(version, by=by, upload=upload)
    changes = {"upload": attachment, "upload_text": text}
    save_changes(version, revision=current.revision, changes=changes)
    audit.record("documentversion.file_kept", by=by, target=version, after={"file": attachment.name})
    if earlier:
        withdraw_attachment(earlier, by=by, reason=_("Ersatt av en annan fil."))
    return version


@operation
def remove_file(version: DocumentVersion, *, by: Person) -> DocumentVersion:
    require(rules.may_change(by, version.document))
    current = locked(version)
    require_no(rules.obstacle_to_writing(current))
    if earlier := current.upload:
        save_changes(version, revision=current.revision, changes={"upload": None, "upload_text": ""})
        audit.record("documentversion.file_removed", by=by, target=version, before={"file": earlier.name})
        withdraw_attachment(earlier, by=by, reason=_("Borttagen ur utkastet."))
    return version


@operation
def send_version(version: DocumentVersion, *, by: Person) -> DocumentVersion:
    make_move(version, "send", by=by)
    tell_of_what_was_sent(version, by=by)
    return version


@operation
def send_back_version(version: DocumentVersion, *, by: Person, reason: str) -> DocumentVersion:
    return make_move(version, "send_back", by=by, reason=reason)


@operation
def discard_version(version: DocumentVersion, *, by: Person, reason: str) -> DocumentVersion:
    """It was begun by mistake. A document of which nothing was ever decided is withdrawn with its draft."""
    document = version.document
    current = locked(document)
    make_move(version, "discard", by=by, reason=reason)
    if not current.was_decided:
        before = set_withdrawn(current, timezone.localdate(), reason.strip())
        after = {"withdrawn_date": current.withdrawn_date, "reason": reason.strip()}
        audit.record("document.discarded", by=by, target=document, before=before, after=after)
        document.refresh_from_db()
    return version


@operation
def confirm_document(
    document: GoverningDocument, *, by: Person, comment: str = "", next_review_date: date | None = None
) -> DocumentReview:
    """What applies is still right: the next time somebody must ask so is set."""
    require(rules.may_change(by, document) or rules.may_decide(by, document))
    today = timezone.localdate()
    version = version_on(locked(document), today)
    require_no(rules.obstacle_to_reviewing(version))
    review = DocumentReview(
        document=document,
        version=version,
        reviewed_date=today,
        comment=comment.strip(),
        next_review_date=next_review_date or next_review(document, today),
        by=by,
        by_name=by.signature,
        at=timezone.now(),
    )
    review.full_clean()
    review.save()
    document.next_review_date = review.next_review_date
    document.save(update_fields=["next_review_date"])
    after = {"comment": review.comment, "next_review_date": review.next_review_date}
    audit.record("document.reviewed", by=by, target=document, after=after)
    return review


@operation
def let_reviews_fall_due(committee: Unit, *, by: Person, day: date) -> int:
    """With a new quality plan everything is looked at that nobody has looked at for a year; how many documents."""
    require(may_record(by, committee))
    rows = documents_not_seen_since(committee, a_year_before(day), day)
    for document in rows:
        before, document.next_review_date = document.next_review_date, day
        document.save(update_fields=["next_review_date"])
        audit.record(
            "document.review_brought_forward",
            by=by,
            target=document,
            before={"next_review_date": before},
            after={"next_review_date": day},
        )
    return len(rows)


@operation
def relocate_document(document: GoverningDocument, *, by: Person, to: Unit, day: date) -> GoverningDocument:
    """Follows when its unit is reorganised."""
    relocate(document, by=by, to=to)
    return document


@operation
def apply_where_it_went(row: Any, *, by: Person, to: list[Unit], day: date) -> None:
    """A unit that a document is for, as its `applies_to` holds it, has become others or none.

    The last one stays though it is closed: a document without units would be for all that lies below its own.
    """
    require(may_manage(by, row.unit) and all(may_manage(by, unit) for unit in to))
    document = locked(row.governingdocument)
    before = said({"applies_to": document.applies_to.all()})
    document.applies_to.add(*to)
    if document.applies_to.exclude(pk=row.unit_id).exists():
        document.applies_to.remove(row.unit)
    document.revision += 1
    document.save(update_fields=["revision"])
    after = said({"applies_to": document.applies_to.all()})
    audit.record("document.units_followed", by=by, target=document, before=before, after=after)


def said(many: Mapping[str, Iterable[Any]]) -> dict[str, str]:
    return {name: ", ".join(sorted(str(row) for row in rows)) for name, rows in many.items()}


def a_year_before(day: date) -> date:
    """The first of that month; nobody has seen anything before the calendar begins."""
    return day.replace(year=max(day.year - 1, 1), day=1)
