from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units import rules
from hjulet.organisation.units.models import Unit, UnitKind

KINDS = list(UnitKind)
AFTER_Z = str.maketrans("åäö", "{|}")


@dataclass
class Branch:
    """A unit with what lies under it, as the page draws it."""

    unit: Unit
    children: list["Branch"] = field(default_factory=list)

    @property
    def order(self) -> tuple[int, str]:
        """By kind, then by name as Swedish sorts it: å, ä, ö last."""
        return KINDS.index(UnitKind(self.unit.kind)), self.unit.name.casefold().translate(AFTER_Z)


@dataclass(frozen=True)
class UnitPage:
    """What the page of one unit shows to one person."""

    unit: Unit
    above: list[Unit]
    children: list[Unit]
    assignments: list[RoleAssignment]
    may_manage: bool
    obstacle_to_changing: str | None
    obstacle_to_closing: str | None


def units_visible_to(person: Person) -> QuerySet[Unit]:
    """Where every page about the organisation starts."""
    return Unit.objects.filter(pk__in=units_within_reach(person, Permission.ORGANISATION_READ))


def units_managed_by(person: Person) -> QuerySet[Unit]:
    """Open units under which the person may place others, in the order of the tree."""
    return Unit.objects.filter(
        pk__in=units_within_reach(person, Permission.ORGANISATION_MANAGE), valid_to=None
    ).order_by("path")


def tree(person: Person, day: date) -> list[Branch]:
    """The organisation of the day as far as the person may see, in one statement.

    A branch whose parent is hidden stands on its own.
    """
    branches: dict[int, Branch] = {}
    roots: list[Branch] = []
    for unit in units_visible_to(person).on(day).order_by("path"):
        branch = branches[unit.pk] = Branch(unit)
        above = branches.get(unit.parent_id)
        (above.children if above else roots).append(branch)
    for branch in branches.values():
        branch.children.sort(key=lambda child: child.order)
    return sorted(roots, key=lambda root: root.order)


def unit_page(person: Person, unit: Unit) -> UnitPage:
    """The unit with its open subunits and those who hold roles in it today."""
    today = timezone.localdate()
    may_manage = rules.may_manage(person, unit)
    return UnitPage(
        unit=unit,
        above=list(units_visible_to(person).filter(pk__in=unit.lineage[:-1]).order_by("path")),
        children=list(unit.children.on(today).order_by("name")),
        assignments=list(unit.role_assignments.on(today).select_related("person").order_by("role", "person__name")),
        may_manage=may_manage,
        obstacle_to_changing=rules.obstacle_to_changing(unit) if may_manage else None,
        obstacle_to_closing=rules.obstacle_to_closing(unit) if may_manage else None,
    )


def municipality() -> Unit | None:
    """The root of the tree; None before the installation has been given one."""
    return Unit.objects.filter(kind=UnitKind.MUNICIPALITY).first()
