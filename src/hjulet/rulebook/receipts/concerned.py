"""Whom a request concerns: today's holders of the roles in the unit and below. The same question, asked from each side."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, StrIndex
from django.db.models.lookups import Exact, GreaterThan

from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.roles.queries import assignments_of
from hjulet.rulebook.documents.concerns import for_holders
from hjulet.rulebook.receipts.models import STAFF, ReadingRequest, ReadReceipt

QUOTE = Value('"')


def own_roles(person: Person) -> list[RoleAssignment]:
    """Nobody reads in another's place."""
    return [held for held in assignments_of(person) if held.person_id == person.pk]


def concerns(person: Person) -> Q:
    """The condition that a request asks the person."""
    asked = Q(pk__in=())
    for held in own_roles(person):
        asked |= Q(asks_role(held.role), unit__in=held.unit.lineage)
    return asked


def works_by(person: Person) -> Q:
    """The condition that a document is for the person, asked to read it or not."""
    return for_holders(own_roles(person), everyone=STAFF)


def asks_role(role: str) -> Q:
    """The condition that a request is for those with the role."""
    roles = Cast("roles", TextField())
    named = Q(GreaterThan(StrIndex(roles, Value(f'"{role}"')), 0))
    return named | Q(Exact(roles, Value("[]"))) if role in STAFF else named


def asked_through(person: Person, request: ReadingRequest) -> RoleAssignment | None:
    """The role by which the request concerns the person; None when it does not."""
    roles = request.roles or STAFF
    for held in own_roles(person):
        if held.role in roles and request.unit_id in held.unit.lineage:
            return held
    return None


def holders(request: ReadingRequest, day: date) -> QuerySet[RoleAssignment]:
    """Whom one request concerns on the day."""
    return standing(day).filter(unit__path__startswith=request.unit.path, role__in=request.roles or STAFF)


def holders_of_each(day: date) -> QuerySet[RoleAssignment]:
    """Whom the request of the outer query concerns on the day."""
    asked = Cast(OuterRef("roles"), TextField())
    named = StrIndex(asked, Concat(QUOTE, F("role"), QUOTE))
    return standing(day).filter(
        Exact(StrIndex(F("unit__path"), OuterRef("unit__path")), 1),
        Q(GreaterThan(named, 0)) | Q(Exact(asked, Value("[]")), role__in=STAFF),
    )


def standing(day: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.on(day).filter(person__is_active=True).order_by()


def has_read(version: Any) -> Exists:
    """Whether the holder of a role has read the version."""
    return Exists(ReadReceipt.objects.filter(version=version, person=OuterRef("person")).order_by())


def people_in(held: QuerySet[RoleAssignment]) -> Coalesce:
    """How many people there are behind the roles, each counted once however many the person holds."""
    counted = held.annotate(of=Value(1)).values("of").annotate(n=Count("person", distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def with_share(requests: QuerySet[ReadingRequest], day: date) -> QuerySet[ReadingRequest]:
    """With how many the request concerns as `asked`, and how many of them have read, as `read`."""
    held = holders_of_each(day)
    read = held.filter(has_read(OuterRef(OuterRef("version"))))
    return requests.annotate(asked=people_in(held), read=people_in(read))


def not_read_by_all(day: date) -> Q:
    """The condition that somebody whom the request concerns has not read."""
    unread = holders_of_each(day).filter(~has_read(OuterRef(OuterRef("version"))))
    return Q(Exists(unread))
