"""Who is told that a document waits for them, was decided, or applies from now on."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from hjulet.collaboration.notices.kinds import reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import Telling, in_parts, one_by_one, to_owners
from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import people_who, people_with
from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument


def tell_owner(document: GoverningDocument, *, by: Person) -> None:
    """That the document is theirs to keep right."""
    today = timezone.localdate()
    for part in in_parts(to_owners([document], day=today, about=lambda _: today)):
        tell("document_given", part, by=by)


def tell_of_what_was_sent(version: DocumentVersion, *, by: Person) -> None:
    """The reviewer, and whoever decides."""
    today, document = timezone.localdate(), version.document
    people = {person.pk: person for person in deciders(document, today)}
    if document.reviewer:
        people[document.reviewer_id] = document.reviewer
    tell("document_sent", [Telling(person, version, today) for person in people.values()], by=by)


def tell_of_decision(version: DocumentVersion, *, by: Person) -> None:
    """Of what was decided before it was read in they were told then."""
    if version.decided_before:
        return
    today = timezone.localdate()
    for part in in_parts(to_owners([version], day=today, about=lambda row: row.valid_from)):
        tell("document_decided", part, by=by)


def tell_of_what_applies(version: DocumentVersion, *, by: Person) -> None:
    """Those who lead the units that it is for, and make it known there; not of what is old already."""
    if version.decided_before:
        return
    for part in in_parts(Telling(person, version, version.valid_from) for person in whom_to_tell(version)):
        tell("document_applies", part, by=by)


def remind_of_review(by: Person, day: date) -> int:
    rows = owned().to_review(day).exclude(next_review_date=None)
    tellings = to_owners(
        one_by_one(rows, by="owner_person_id"),
        day=day,
        about=lambda document: reminder_date(document.next_review_date, day),
    )
    return sum(tell("document_review", part, by=by) for part in in_parts(tellings))


def owned() -> QuerySet[GoverningDocument]:
    owned = GoverningDocument.objects.filter(Q(owner_person__isnull=False) | ~Q(owner_role=""))
    return owned.select_related("unit", "owner_person")


def deciders(document: GoverningDocument, day: date) -> QuerySet[Person]:
    if not document.decider_role:
        return people_who(Permission.DECISIONS_RECORD, document.unit)
    held = RoleAssignment.objects.on(day).filter(role=document.decider_role, unit__in=document.unit.lineage)
    return people_with(held, day)


def whom_to_tell(version: DocumentVersion) -> Iterator[Person]:
    today, document = timezone.localdate(), version.document
    leading = [role.key for role in ROLES.values() if role.grants(Permission.RULEBOOK_DECIDE)]
    there = Q()
    for unit in [*document.applies_to.all()] or [document.unit]:
        there |= Q(unit__path__startswith=unit.path)
    held = RoleAssignment.objects.on(today).filter(there, role__in=leading)
    return people_with(held, today).order_by("pk").iterator()
