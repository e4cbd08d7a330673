from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from hjulet.base.statements import Statements
from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.reorganisations.models import Reorganisation, Succession
from hjulet.organisation.reorganisations.queries import coming_for, successions_of
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units import rules
from hjulet.organisation.units.models import Unit, UnitKind, UnitVersion

PLACES = {kind.value: place for place, kind in enumerate(UnitKind)}
ROOT = Statements(1)
AFTER_Z = str.maketrans("åäö", "{|}")


@dataclass
class Branch:
    """A unit with what lies under it, as the page draws it; what it was called on the day."""

    unit: Unit
    name: str
    code: str
    children: list["Branch"] = field(default_factory=list)

    @property
    def kind(self) -> UnitKind:
        return UnitKind(self.unit.kind)

    @property
    def order(self) -> tuple[int, str]:
        """By kind, then by name as Swedish sorts it: å, ä, ö last."""
        return PLACES[self.unit.kind], self.name.casefold().translate(AFTER_Z)


@dataclass(frozen=True)
class UnitPage:
    """What the page of one unit shows to one person."""

    unit: Unit
    above: list[Unit]
    children: list[Unit]
    assignments: list[RoleAssignment]
    versions: list[UnitVersion]
    came_from: list[Succession]
    became: list[Succession]
    coming: list[Reorganisation]
    may_manage: bool
    obstacle_to_changing: str | None


def units_visible_to(person: Person) -> QuerySet[Unit]:
    """Where every page about the organisation starts."""
    return Unit.objects.filter(pk__in=units_within_reach(person, Permission.ORGANISATION_READ))


def units_managed_by(person: Person) -> QuerySet[Unit]:
    """Open units under which the person may place others, in the order of the tree."""
    return Unit.objects.filter(
        pk__in=units_within_reach(person, Permission.ORGANISATION_MANAGE), valid_to=None
    ).order_by("path")


def tree(person: Person, day: date) -> list[Branch]:
    """The organisation of the day as far as the person may see, by the names and in the places of that day.

    A branch whose parent is hidden stands on its own. One statement for today, two for a day that has been.
    """
    then = versions_on(day) if day < timezone.localdate() else {}
    branches: dict[int | None, Branch] = {}
    for unit in units_visible_to(person).on(day).only("parent_id", "kind", "name", "code").order_by("path"):
        said = then.get(unit.pk, unit)
        branches[unit.pk] = Branch(unit, said.name, said.code)
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(then.get(branch.unit.pk, branch.unit).parent_id)
        (above.children if above else roots).append(branch)
    for branch in branches.values():
        branch.children.sort(key=lambda child: child.order)
    return sorted(roots, key=lambda root: root.order)


def versions_on(day: date) -> dict[int, UnitVersion]:
    """How each unit was on the day, by its key."""
    return {version.unit_id: version for version in UnitVersion.objects.on(day)}


def unit_page(person: Person, unit: Unit) -> UnitPage:
    """The unit with its open subunits, those who hold roles in it today, and what it has been and will be."""
    today = timezone.localdate()
    may_manage = rules.may_manage(person, unit)
    deputies = Prefetch("deputyships", Deputyship.objects.on(today).select_related("person"), to_attr="deputies_today")
    held = unit.role_assignments.on(today).select_related("person").prefetch_related(deputies)
    successions = successions_of(unit)
    return UnitPage(
        unit=unit,
        above=list(units_visible_to(person).filter(pk__in=unit.lineage[:-1]).order_by("path")),
        children=list(unit.children.on(today).order_by("name")),
        assignments=list(held.order_by("role", "person__name")),
        versions=list(unit.versions.select_related("parent").order_by("-valid_from", "-pk")),
        came_from=[succession for succession in successions if succession.later_id == unit.pk],
        became=[succession for succession in successions if succession.earlier_id == unit.pk],
        coming=list(coming_for(person, unit)),
        may_manage=may_manage,
        obstacle_to_changing=rules.obstacle_to_changing(unit) if may_manage else None,
    )


def municipality() -> Unit | None:
    """The root of the tree; None before the installation has been given one."""
    return next(iter(ROOT.rows((municipality,), lambda: Unit.objects.filter(kind=UnitKind.MUNICIPALITY)[:1])), None)
