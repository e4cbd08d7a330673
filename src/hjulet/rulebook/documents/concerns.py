"""Whom a document concerns: by the units it is for and the roles it is for."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.roles.queries import assignments_of
from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.documents.models import GoverningDocument


def concerning(person: Person) -> Q:
    """The condition that a document is for one of the person's roles today, where that role is held.

    One without units is for all that lies below its own; one without roles is for everyone there.
    """
    return for_holders(assignments_of(person))


def for_holders(assignments: Iterable[RoleAssignment], everyone: Collection[str] = tuple(ROLES)) -> Q:
    """The same of some roles; `everyone` are those that are meant when the document names none."""
    concerned = Q(pk__in=())
    for held in assignments:
        line = held.unit.lineage
        named = GoverningDocument.applies_to.through.objects.filter(unit__in=line).values("governingdocument")
        for_all = ~Q(pk__in=GoverningDocument.applies_to.through.objects.values("governingdocument"))
        there = Q(pk__in=named) | Q(unit__in=line) & for_all
        named_role = Q(roles__icontains=f'"{held.role}"')
        concerned |= there & (Q(roles=[]) | named_role if held.role in everyone else named_role)
    return concerned
