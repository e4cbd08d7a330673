"""Where a person's rights reach. Every list in the product starts here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import In
from django.utils import timezone

from hjulet.base.expressions import Sifted
from hjulet.base.statements import about_one
from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment, RoleText
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES, Responsibility, Role
from hjulet.organisation.units.models import Unit, UnitKind


@dataclass(frozen=True)
class DescribedRole:
    """A role as the page shows it; `marks` follow the order of `Responsibility`."""

    role: Role
    text: Any
    marks: list[bool]


def units_within_reach(person: Person, *permissions: Permission) -> QuerySet[Unit]:
    """The units where the person holds one of the permissions today, as one subquery: for `filter(unit__in=…)`."""
    return Unit.objects.order_by() if person.is_machine else units_at(*reach_of(person, permissions)).all()


def reach_of(person: Person, permissions: Iterable[Permission]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The paths below which, and the nämnder in which, the person holds one of the permissions today."""
    paths, committees = set(), set()
    for held in assignments_of(person):
        if any(held.definition.grants(permission) for permission in permissions):
            paths.add(held.unit.path)
        if not held.definition.committee.isdisjoint(permissions) and held.unit.committee_id is not None:
            committees.add(held.unit.committee_id)
    return topmost(paths), tuple(sorted(committees))


@lru_cache(maxsize=1_000)
def units_at(paths: tuple[str, ...], committees: tuple[int, ...]) -> QuerySet[Unit]:
    """Made once for all who reach as far, for a page asks for it twenty times over; never read itself, but copied."""
    return Unit.objects.filter(lies_at(paths, committees)).order_by()


def lies_at(paths: tuple[str, ...], committees: tuple[int, ...], unit: str = "") -> Q:
    """The condition on a unit, or on the one that `unit` leads to, as in "control_unit__"."""
    reached = Q(**{f"{unit}pk__in": ()})
    for path in paths:
        reached |= Q(**{f"{unit}path__startswith": path})
    for committee in committees:
        reached |= Q(**{f"{unit}committee": committee})
    return reached


def lies_within_reach(person: Person, *permissions: Permission, unit: str = "unit") -> Q:
    """The condition that a row's unit lies within reach, for where it stands beside others with OR between.

    There PostgreSQL takes a subquery as made anew for every row that it joins, and is asked for the unit itself. SQLite
    makes the list once and looks nothing up beside the row.
    """
    if person.is_machine or connection.vendor == "sqlite":
        return Q(**{f"{unit}__in": units_within_reach(person, *permissions)})
    return lies_at(*reach_of(person, permissions), f"{unit}__")


def topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """Those that lie below no other: who holds several roles in a place, or in what lies below it, is asked for once."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def open_units_within_reach(person: Person, permission: Permission) -> QuerySet[Unit]:
    """Where something new may be begun: not in a unit that has been closed. In the order of the tree."""
    there = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    return units_within_reach(person, permission).filter(there).order_by("path")


def reaches_widely(person: Person, permission: Permission) -> bool:
    """Whether the person holds the permission in a whole nämnd or more: such a reach sifts hardly any rows away."""
    wide = (UnitKind.MUNICIPALITY, UnitKind.COMMITTEE)
    return person.is_machine or any(
        permission in held.definition.committee or (held.definition.grants(permission) and held.unit.kind in wide)
        for held in assignments_of(person)
    )


def within_reach(person: Person, permission: Permission, unit: str = "unit") -> In:
    """The condition that a row's unit lies within reach, to be tested row by row where most of them pass."""
    column = Sifted(unit) if reaches_widely(person, permission) else F(unit)
    return In(column, units_within_reach(person, permission).values("pk"))


def holds(person: Person, permission: Permission, unit: Unit | None) -> bool:
    """Whether the person may do this in the unit. No statement after the first question of the request."""
    if person.is_machine:
        return True
    if not person.is_active or unit is None:
        return False
    return granted(
        person,
        (
            held
            for held in assignments_of(person)
            if held.definition.grants(permission)
            and (
                unit.path.startswith(held.unit.path)
                or (permission in held.definition.committee and unit.committee_id == held.unit.committee_id is not None)
            )
        ),
    )


def holds_within(person: Person, permissions: Iterable[Permission], unit: Unit) -> bool:
    """Whether the person holds one of them above the unit, in it, or anywhere in its nämnd: for what a nämnd has one of."""
    if person.is_machine:
        return True
    asked = tuple(permissions)
    return person.is_active and granted(
        person,
        (
            held
            for held in assignments_of(person)
            if any(held.definition.grants(permission) for permission in asked)
            and (
                unit.path.startswith(held.unit.path)
                or (unit.committee_id is not None and held.unit.committee_id == unit.committee_id)
            )
        ),
    )


def granted(person: Person, by: Iterable[RoleAssignment]) -> bool:
    """Whether there is a role among those that say yes; what none of the person's own says is done in another's place."""
    saying_yes = list(by)
    if saying_yes:
        is_own = any(held.person_id == person.pk for held in saying_yes)
        person.in_place_of = None if is_own else saying_yes[0].person
    return bool(saying_yes)


def people_who(permission: Permission, unit: Unit) -> QuerySet[Person]:
    """Everyone who may do this in the unit today: `holds`, asked the other way round."""
    roles = [role.key for role in ROLES.values() if role.grants(permission)]
    reaches = Q(unit__in=unit.lineage)
    if unit.committee_id is not None:
        wide = [role.key for role in ROLES.values() if permission in role.committee]
        reaches |= Q(role__in=wide, unit__committee=unit.committee_id)
    today = timezone.localdate()
    return people_with(RoleAssignment.objects.on(today).filter(reaches, role__in=roles), today)


def people_with(held: QuerySet[RoleAssignment], day: date) -> QuerySet[Person]:
    """Those who hold the roles, and those who stand in for them on the day."""
    deputies = Deputyship.objects.on(day).filter(assignment__in=held.order_by())
    people = Q(pk__in=held.order_by().values("person")) | Q(pk__in=deputies.order_by().values("person"))
    return Person.objects.filter(people, is_active=True)


def holds_anywhere(person: Person, permission: Permission) -> bool:
    """Whether the person has the permission in any unit."""
    return person.is_machine or any(held.definition.grants(permission) for held in assignments_of(person))


def granted_anywhere(person: Person) -> frozenset[Permission]:
    """The permissions that the person has in some unit: they decide what the menu shows."""
    if person.is_machine:
        return frozenset(Permission)
    definitions = [held.definition for held in assignments_of(person)]
    return frozenset().union(*(definition.unit | definition.committee for definition in definitions))


def assignments_of(person: Person) -> list[RoleAssignment]:
    """Today's roles with their units, read once per request: the person's own, and those of whom it stands in for."""
    if not hasattr(person, "_assignments_today"):
        today = timezone.localdate()
        person._assignments_today = [
            held
            for held in (held_or_lent(person.pk, today) if person.is_active else ())
            if held.person_id == person.pk or not held.definition.stands_alone
        ]
    return person._assignments_today


@about_one
def held_or_lent(person: int, day: date) -> QuerySet[RoleAssignment]:
    deputised = Deputyship.objects.on(day).filter(person=person).order_by().values("assignment")
    own = RoleAssignment.objects.filter(person=person).order_by().values("pk")
    # As one set of keys: with OR between them PostgreSQL reads the roles of everybody.
    roles = RoleAssignment.objects.on(day).filter(pk__in=own.union(deputised))
    return roles.select_related("unit", "person")


def assignments_visible_to(person: Person) -> QuerySet[RoleAssignment]:
    """Where every page about who holds what starts; earlier and coming ones too."""
    reach = units_within_reach(person, Permission.ORGANISATION_READ)
    return RoleAssignment.objects.filter(unit__in=reach).select_related("person", "unit")


def holders_today(person: Person) -> QuerySet[RoleAssignment]:
    return assignments_visible_to(person).on(timezone.localdate())


def described_roles() -> list[DescribedRole]:
    """All roles, with the municipality's own words in place of ours where it has written any. One statement."""
    own_words = dict(RoleText.objects.values_list("role", "text"))
    return [
        DescribedRole(
            role,
            own_words.get(role.key) or role.description,
            [mark in role.responsibilities for mark in Responsibility],
        )
        for role in ROLES.values()
    ]


def forget_assignments(person: Person) -> None:
    """The next question reads the roles again: they have just changed."""
    person.__dict__.pop("_assignments_today", None)
