"""Whom a document concerns: by the units it is for and the roles it is for."""

from django.db.models import Q

from hjulet.organisation.models import Person
from hjulet.organisation.roles.queries import assignments_of
from hjulet.rulebook.documents.models import GoverningDocument


def concerning(person: Person) -> Q:
    """The condition that a document is for one of the person's roles today, where that role is held.

    One without units is for all that lies below its own; one without roles is for everyone there.
    """
    concerned = Q(pk__in=())
    for held in assignments_of(person):
        line = held.unit.lineage
        named = GoverningDocument.applies_to.through.objects.filter(unit__in=line).values("governingdocument")
        for_all = ~Q(pk__in=GoverningDocument.applies_to.through.objects.values("governingdocument"))
        there = Q(pk__in=named) | Q(unit__in=line) & for_all
        concerned |= there & (Q(roles=[]) | Q(roles__icontains=f'"{held.role}"'))
    return concerned
