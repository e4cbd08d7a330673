"""Whom a document concerns: by the units it is for and the roles it is for."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.models import UnitKind, at_or_above, lies_below
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.reach import may_read, providers_of


def binds(document: GoverningDocument, person: Person) -> bool:
    """`documents_that_bind`, asked of one: a statement only for whoever works for a provider."""
    providers = providers_of(person)
    named = document.applies_to.filter(pk__in=providers)
    return may_read(person, document.unit) or bool(providers and named.exists())


def binds_in(document: GoverningDocument, unit: Unit) -> bool:
    """Whether it may be for those who work there."""
    is_below = document.unit_id in unit.lineage
    return is_below or (unit.kind == UnitKind.PROVIDER and document.applies_to.filter(pk=unit.pk).exists())


def concerning(person: Person) -> Q:
    """The condition that a document is for one of the person's roles today, where that role is held.

    One without units is for all that lies below its own; one without roles is for everyone there. Whoever leads the
    staff or keeps the rulebook is asked about what the others are to do, in the units below too, and does not come
    empty-handed.
    """
    concerned = for_holders(assignments_of(person))
    for held in assignments_of(person):
        if held.definition.grants(Permission.STAFF_LEAD) or held.definition.grants(Permission.RULEBOOK_EDIT):
            concerned |= holding_in(held.unit) | lies_below(held.unit)
    return concerned


def for_holders(assignments: Iterable[RoleAssignment], everyone: Collection[str] = tuple(ROLES)) -> Q:
    """The same of some roles; `everyone` are those that are meant when the document names none."""
    concerned = Q(pk__in=())
    for held in assignments:
        named_role = Q(roles__icontains=f'"{held.role}"')
        concerned |= holding_in(held.unit) & (Q(roles=[]) | named_role if held.role in everyone else named_role)
    return concerned


def holding_in(unit: Unit) -> Q:
    """The condition that a document holds in the unit, for one role or other."""
    line = unit.lineage
    named = GoverningDocument.applies_to.through.objects.filter(unit__in=line).values("governingdocument")
    for_all = ~Q(pk__in=GoverningDocument.applies_to.through.objects.values("governingdocument"))
    return Q(pk__in=named) | Q(unit__in=line) & for_all


def holding_in_each(documents: QuerySet[GoverningDocument]) -> QuerySet[GoverningDocument]:
    """Those that hold in the unit of the outer query, for one role or other: they lie there or above it."""
    of_units = GoverningDocument.applies_to.through.objects.filter(governingdocument=OuterRef("pk"))
    named = at_or_above(of_units, OuterRef(OuterRef("path")))
    return at_or_above(documents, OuterRef("path")).filter(~Exists(of_units) | Exists(named))
