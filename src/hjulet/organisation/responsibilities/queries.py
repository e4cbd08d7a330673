from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.responsibilities import rules
from hjulet.organisation.responsibilities.models import (
    WIDE,
    AreaResponsibility,
    ExpectedRole,
    OrganisationText,
    ResponsibilityArea,
    is_held,
)
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import DescribedRole, described_roles, units_within_reach
from hjulet.organisation.roles.roles import ROLES, Responsibility, Role
from hjulet.organisation.units.models import Unit

# Held by so many that they are counted and not named.
COUNTED = "employee"
MOST_UNITS, MOST_UNITS_IN_A_FILE = 100, 2_000
MOST_NAMED = 5


@dataclass(frozen=True)
class Holder:
    """Who has the role today, and who stands in for that person."""

    person: Person
    deputies: tuple[Person, ...]

    def __str__(self):
        return self.person.name


@dataclass(frozen=True)
class Held:
    """Who has which role where: named by unit and role, and how many by unit of the role that so many have."""

    named: Mapping[tuple[int, str], list[Holder]]
    counted: Mapping[int, int]
    paths: Mapping[str, list[str]]

    def is_vacant(self, unit: Unit, role: str) -> bool:
        """In what is wide somebody may have it anywhere inside."""
        if unit.kind in WIDE:
            return not any(path.startswith(unit.path) for path in self.paths.get(role, ()))
        return not (self.counted.get(unit.pk) if role == COUNTED else self.named.get((unit.pk, role)))


@dataclass(frozen=True)
class HeldRole:
    """A role in a unit: who has it there today, or that nobody has though somebody should."""

    unit: Unit
    role: Role
    holders: tuple[Holder, ...]
    count: int

    @property
    def marks(self) -> list[bool]:
        """In the order of `Responsibility`."""
        return [mark in self.role.responsibilities for mark in Responsibility]

    @property
    def is_vacant(self) -> bool:
        return not self.count

    @property
    def named(self) -> tuple[Holder, ...]:
        return self.holders[:MOST_NAMED]

    @property
    def unnamed(self) -> int:
        return self.count - len(self.named)


@dataclass(frozen=True)
class RoleInAll(HeldRole):
    """A role in the whole of what is shown, in the municipality's own words, and the units that lack it."""

    described: DescribedRole
    missing_in: tuple[Unit, ...]


@dataclass(frozen=True)
class ResponsibilityMap:
    """The unit that is shown and what lies under it; `has_more` when that is more than is told one by one."""

    unit: Unit
    day: date
    whole: list[RoleInAll]
    rows: list[HeldRole]
    has_more: bool

    @property
    def vacancies(self) -> list[HeldRole]:
        return [row for row in self.rows if row.is_vacant]


@dataclass(frozen=True)
class AnsweredArea:
    """An area with those that answer for it in a nämnd: none is a gap, and so is one whose role nobody has."""

    area: ResponsibilityArea
    responsibilities: list[AreaResponsibility]


@dataclass(frozen=True)
class OrganisationPage:
    """How the quality work of a nämnd is organised: the chapters, the map and the areas."""

    committee: Unit
    day: date
    texts: list[OrganisationText]
    map: ResponsibilityMap
    areas: list[AnsweredArea]
    may_edit: bool
    may_edit_registers: bool


def responsibilities_visible_to(person: Person) -> QuerySet[AreaResponsibility]:
    """Where every page about who answers for an area starts. Each knows as `held` whether anybody has its role today."""
    found = AreaResponsibility.objects.visible_to(person).annotate(held=is_held(timezone.localdate()))
    return found.select_related("area", "unit__committee")


def places_of(person: Person, day: date) -> list[Unit]:
    """The open units that the person may see, in the order of the tree: what there is to choose, and what is shown.

    Each knows as `employees` how many have the role there that is counted.
    """
    there = units_within_reach(person, Permission.ORGANISATION_READ).filter(valid_to=None)
    counted = Q(
        Q(role_assignments__valid_to=None) | Q(role_assignments__valid_to__gte=day),
        role_assignments__valid_from__lte=day,
        role_assignments__role=COUNTED,
        role_assignments__person__is_active=True,
    )
    return list(there.annotate(employees=Count("role_assignments", filter=counted)).order_by("path"))


def units_edited_by(person: Person) -> QuerySet[Unit]:
    """Where the person may say who answers for an area: the whole of each nämnd whose registers the person keeps."""
    reach = units_within_reach(person, Permission.REGISTERS_MANAGE)
    inside = Q(pk__in=reach.values("pk")) | Q(committee__in=reach.exclude(committee=None).values("committee"))
    return Unit.objects.filter(inside, valid_to=None).order_by("path")


def first_unanswered(person: Person, committee: Unit, day: date) -> ResponsibilityArea | None:
    """What a nämnd with a gap begins to mend."""
    return next((found.area for found in answered_areas(person, committee, day) if not found.responsibilities), None)


def areas_on(day: date) -> QuerySet[ResponsibilityArea]:
    return ResponsibilityArea.objects.on(day)


def map_of(unit: Unit, places: Sequence[Unit], day: date, *, most: int = MOST_UNITS) -> ResponsibilityMap:
    """`places` are those the person may see. The same number of statements however many there are."""
    there = [place for place in places if place.path.startswith(unit.path)]
    held = held_in(unit, there, day)
    rows = list(rows_of(there, held))
    told = {place.pk for place in there[:most]}
    return ResponsibilityMap(
        unit,
        day,
        whole=in_all(unit, rows),
        rows=[row for row in rows if row.unit.pk in told],
        has_more=len(there) > most,
    )


def held_in(unit: Unit, places: Iterable[Unit], day: date) -> Held:
    counted = {place.pk: place.employees for place in places}
    deputies = Prefetch("deputyships", Deputyship.objects.on(day).select_related("person"), to_attr="deputies_today")
    inside = RoleAssignment.objects.on(day).filter(unit__path__startswith=unit.path, person__is_active=True)
    named: dict[tuple[int, str], list[Holder]] = defaultdict(list)
    paths: dict[str, list[str]] = defaultdict(list)
    for held in inside.exclude(role=COUNTED).select_related("person", "unit").prefetch_related(deputies):
        paths[held.role].append(held.unit.path)
        if held.unit_id in counted:
            stand_in = tuple(deputyship.person for deputyship in held.deputies_today)
            named[held.unit_id, held.role].append(Holder(held.person, stand_in))
    return Held(named, counted, paths)


def rows_of(units: Iterable[Unit], held: Held) -> Iterable[HeldRole]:
    """Unit by unit, in the order of the roles: those that somebody has, and those that somebody should have."""
    expected = dict(ExpectedRole.objects.values_list("role", "unit_kind"))
    for unit in units:
        for role in ROLES.values():
            holders = tuple(held.named.get((unit.pk, role.key), ()))
            count = held.counted.get(unit.pk, 0) if role.key == COUNTED else len(holders)
            if count or (expected.get(role.key) == unit.kind and held.is_vacant(unit, role.key)):
                yield HeldRole(unit, role, holders, count)


def in_all(unit: Unit, rows: Iterable[HeldRole]) -> list[RoleInAll]:
    """Every role once; one who has it in several units is named once."""
    by_role: dict[str, list[HeldRole]] = defaultdict(list)
    for row in rows:
        by_role[row.role.key].append(row)
    return [
        RoleInAll(
            unit,
            described.role,
            holders=(once := distinct(by_role[described.role.key])),
            count=len(once) or sum(row.count for row in by_role[described.role.key]),
            described=described,
            missing_in=tuple(row.unit for row in by_role[described.role.key] if row.is_vacant),
        )
        for described in described_roles()
    ]


def distinct(rows: Iterable[HeldRole]) -> tuple[Holder, ...]:
    return tuple({holder.person.pk: holder for row in rows for holder in row.holders}.values())


def organisation_page(
    person: Person, committee: Unit, places: Sequence[Unit], day: date, *, most: int = MOST_UNITS
) -> OrganisationPage:
    return OrganisationPage(
        committee=committee,
        day=day,
        texts=list(OrganisationText.objects.all()),
        map=map_of(committee, places, day, most=most),
        areas=answered_areas(person, committee, day),
        may_edit=rules.may_edit(person, committee),
        may_edit_registers=rules.may_edit_anywhere(person),
    )


def answered_areas(person: Person, committee: Unit, day: date) -> list[AnsweredArea]:
    """What is said of the whole municipality holds in the nämnd too."""
    there = Q(unit__path__startswith=committee.path) | Q(unit__in=committee.lineage)
    found = responsibilities_visible_to(person).on(day).filter(there)
    by_area: dict[int, list[AreaResponsibility]] = defaultdict(list)
    for responsibility in found.order_by("unit__path", "role", "pk"):
        by_area[responsibility.area_id].append(responsibility)
    return [AnsweredArea(area, by_area[area.pk]) for area in areas_on(day)]
