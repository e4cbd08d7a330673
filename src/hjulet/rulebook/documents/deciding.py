"""What was decided stands from its day on, and for what time each version applied follows from the decisions alone."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from hjulet.audit import operations as audit
from hjulet.base.documents.files import frozen_files
from hjulet.base.operations import locked, operation, require, require_no
from hjulet.organisation.decisions.operations import record_decision
from hjulet.organisation.delegations.operations import record_delegated_decision
from hjulet.organisation.models import Delegation, Person
from hjulet.rulebook.documents import rules
from hjulet.rulebook.documents.drawing import document_of, file_name
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.moving import carry_out, make_move
from hjulet.rulebook.documents.notices import tell_of_decision, tell_of_what_applies
from hjulet.rulebook.documents.queries import versions_to_publish
from hjulet.rulebook.documents.reviews import next_review
from hjulet.rulebook.documents.states import VersionState

DAY = timedelta(days=1)


@operation
def decide_version(
    version: DocumentVersion,
    *,
    by: Person,
    valid_from: date,
    delegation: Delegation | None = None,
    registry_number: str = "",
) -> DocumentVersion:
    """Whoever holds the role that decides does so today; under a delegation it is also reported to the nämnd."""
    require(bool(version.document.decider_role) and rules.may_decide(by, version.document))
    require_no(rules.obstacle_to_move(locked(version), "decide"))
    today = timezone.localdate()
    decided = {
        "decided_by": by,
        "decided_by_name": by.signature,
        "decided_by_title": by.title,
        "decided_on": today,
    }
    if delegation is not None:
        delegated = record_delegated_decision(
            by=by,
            delegation=delegation,
            unit=version.document.unit,
            decided_on=today,
            subject=str(version),
            registry_number=registry_number,
            target=version.document,
        )
        decided |= {"delegation": delegation, "delegation_text": delegated.delegation_text}
    return settle(version, by=by, valid_from=valid_from, decided_date=today, **decided)


@operation
def record_committee_decision(
    version: DocumentVersion,
    *,
    by: Person,
    meeting_date: date,
    paragraph: str,
    registry_number: str,
    valid_from: date,
) -> DocumentVersion:
    """What the nämnd decided of the version, as its minutes say."""
    require(not version.document.decider_role)
    require_no(rules.obstacle_to_move(locked(version), "decide"))
    decision = record_decision(
        by=by,
        committee=version.document.unit.committee,
        meeting_date=meeting_date,
        paragraph=paragraph,
        registry_number=registry_number,
        subject=str(version),
    )
    return settle(version, by=by, valid_from=valid_from, decided_date=meeting_date, decision=decision)


@operation
def take_over_decision(
    version: DocumentVersion, *, by: Person, decided_before: str, decided_before_date: date, valid_from: date
) -> DocumentVersion:
    """What somebody had decided before the document was read in: for an import, in the words of its index."""
    require(rules.may_start(by, version.document.unit) and rules.may_take_over(by, version.document))
    if obstacle := rules.obstacle_to_deciding_on(decided_before_date):
        raise ValidationError({"decided_before_date": obstacle})
    if version.state == VersionState.DRAFT:
        carry_out(version, "send", by=by)
    require_no(rules.obstacle_to_move(version, "decide"))
    decided = {"decided_before": decided_before, "decided_before_date": decided_before_date}
    return settle(version, by=by, valid_from=valid_from, decided_date=decided_before_date, **decided)


def settle(
    version: DocumentVersion, *, by: Person, valid_from: date, decided_date: date, **decided: Any
) -> DocumentVersion:
    """The part that every decision has: what applied before ends the day before, and the text never changes again."""
    document = version.document
    locked(document)
    if obstacle := rules.obstacle_to_period(version, valid_from, decided_date):
        raise ValidationError({"valid_from": obstacle})
    for earlier in document.versions.ever_decided().filter(valid_to=None):
        end(earlier, valid_from - DAY, by=by)
    carry_out(version, "decide", by=by, valid_from=valid_from, **decided)
    keep_files(version)
    document.was_decided, document.next_review_date = True, next_review(document, max(valid_from, decided_date))
    document.save(update_fields=["was_decided", "next_review_date"])
    tell_of_decision(version, by=by)
    publish_due(document, day=timezone.localdate())
    version.refresh_from_db()
    return version


def end(version: DocumentVersion, day: date | None, *, by: Person) -> None:
    """The last day on which it applies; None when it goes on after all."""
    before = version.valid_to
    version.valid_to = day
    version.revision += 1
    version.save(update_fields=["valid_to", "revision"])
    audit.record("documentversion.ended", by=by, target=version, before={"valid_to": before}, after={"valid_to": day})


def keep_files(version: DocumentVersion) -> None:
    """In Swedish, whatever language the person works in; a version that is a file is kept as that file."""
    if version.upload_id is not None:
        return
    with translation.override("sv"):
        for fields in frozen_files(document_of(version), name=file_name(version)):
            version.files.create(**fields)


def publish_due(document: GoverningDocument, *, day: date) -> int:
    """Bring the states up to what the dates say, in order; how many versions began to apply."""
    machine = Person.objects.machine()
    due = list(versions_to_publish(day).filter(document=document).order_by("valid_from"))
    for version in due:
        publish_version(version, by=machine)
    return len(due)


@operation
def publish_version(version: DocumentVersion, *, by: Person) -> DocumentVersion:
    """By the clock, or with the decision itself: what was in force steps aside."""
    document = locked(version.document)
    for earlier in document.versions.filter(state=VersionState.IN_FORCE):
        carry_out(earlier, "supersede", by=by)
    make_move(version, "publish", by=by)
    document.title, document.withdrawn_date, document.withdrawn_reason = version.title, None, ""
    document.revision += 1
    document.save(update_fields=["title", "withdrawn_date", "withdrawn_reason", "revision"])
    tell_of_what_applies(version, by=by)
    return version


@operation
def withdraw_version(version: DocumentVersion, *, by: Person, reason: str) -> DocumentVersion:
    """From today it does not apply. One that has not begun lets the version before it go on."""
    document, today = version.document, timezone.localdate()
    require(rules.may_move(by, document, "withdraw"))
    publish_due(document, day=today)
    version.refresh_from_db()
    require_no(rules.obstacle_to_move(version, "withdraw"))
    begins, was = version.valid_from, version.state
    last = min(version.valid_to or today - DAY, today - DAY) if was == VersionState.IN_FORCE else begins - DAY
    carry_out(version, "withdraw", by=by, reason=reason, valid_to=last)
    if was == VersionState.DECIDED:
        for earlier in document.versions.ever_decided().filter(valid_to=begins - DAY).exclude(pk=version.pk):
            if earlier.state != VersionState.WITHDRAWN:
                end(earlier, None, by=by)
    else:
        document.withdrawn_date, document.withdrawn_reason = today, reason.strip()
        document.revision += 1
        document.save(update_fields=["withdrawn_date", "withdrawn_reason", "revision"])
    return version
