from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from hjulet.organisation.people.models import Person
from hjulet.organisation.people.queries import people_visible_to
from hjulet.organisation.roles.models import Origin, RoleAssignment
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.roles.rules import leaves_no_administrator, standing_administrators
from hjulet.organisation.sign_on import rules
from hjulet.organisation.sign_on.models import GroupRole, SeenGroup
from hjulet.organisation.units.models import Unit
from hjulet.organisation.units.rules import may_manage

MOST_SHOWN = 100


@dataclass
class Expected:
    """What a person's next login would change, if the groups are the same as at the latest."""

    person: Person
    gets: list[str]
    loses: list[str]
    keeps: list[str]

    @property
    def is_change(self) -> bool:
        return bool(self.gets or self.loses or self.keeps)


@dataclass(frozen=True)
class SignOnPage:
    """`changes` are the first of them; `in_line` counts those whose roles already follow from their groups.

    `unmapped` are groups that give nothing: each with how many people have it, and when it was last seen. `has_way_in`
    says whether some administrator can log in when the provider is down.
    """

    changes: list[Expected]
    more: int
    in_line: int
    unmapped: list[dict[str, Any]]
    has_way_in: bool


@dataclass(frozen=True)
class GroupRolePage:
    """`people` had the group at their latest login: the first of those whom the viewer may see."""

    people: list[Person]
    has_more: bool
    may_change: bool


def group_roles_visible_to(person: Person) -> QuerySet[GroupRole]:
    return GroupRole.objects.visible_to(person).select_related("unit")


def person_with_address(email: str) -> Person | None:
    """Letter for letter but for the case: to PostgreSQL a dotless ı is an i in capitals, and somebody else's address."""
    found = Person.objects.filter(email__iexact=email).first()
    return found if found is not None and found.email.lower() == email else None


def group_roles_of(groups: Collection[str], day: date) -> list[GroupRole]:
    """What the groups give on the day; a unit that is closed gives nothing."""
    units = Unit.objects.on(day)
    return list(GroupRole.objects.filter(value__in=groups, unit__in=units).select_related("unit"))


def sign_on_page(viewer: Person, day: date) -> SignOnPage:
    administrators = standing_administrators()
    expected = expected_at_next_login(viewer, day, administrators)
    changes = [each for each in expected if each.is_change]
    return SignOnPage(
        changes=changes[:MOST_SHOWN],
        more=max(0, len(changes) - MOST_SHOWN),
        in_line=len(expected) - len(changes),
        unmapped=list(groups_without_roles(viewer)),
        has_way_in=any(held.origin == Origin.HAND and held.person.has_usable_password() for held in administrators),
    )


def groups_without_roles(viewer: Person) -> QuerySet:
    """Of people whom the viewer may see, and of those who were not let in and are nobody here."""
    seen = SeenGroup.objects.filter(Q(person=None) | Q(person__in=people_visible_to(viewer).order_by()))
    unmapped = seen.exclude(value__in=GroupRole.objects.order_by().values("value"))
    return unmapped.values("value").annotate(people=Count("person"), latest=Max("seen_on")).order_by("value")


def group_role_page(viewer: Person, row: GroupRole) -> GroupRolePage:
    seen = SeenGroup.objects.filter(value=row.value).order_by().values("person")
    people = list(people_visible_to(viewer).filter(pk__in=seen)[: MOST_SHOWN + 1])
    return GroupRolePage(people[:MOST_SHOWN], len(people) > MOST_SHOWN, rules.may_change(viewer, row))


def expected_at_next_login(viewer: Person, day: date, administrators: list[RoleAssignment]) -> list[Expected]:
    """Of everyone who has logged in and is visible to the viewer. Three statements, however many they are."""
    people = people_visible_to(viewer).filter(is_active=True).order_by()
    gives = defaultdict(list)
    for row in GroupRole.objects.filter(unit__in=Unit.objects.on(day)).select_related("unit"):
        gives[row.value].append(row)
    groups: dict[Person, list[str]] = defaultdict(list)
    seen = SeenGroup.objects.filter(person__in=people).select_related("person")
    for group in seen.order_by("person__name", "person", "value"):
        groups[group.person].append(group.value)
    held = defaultdict(list)
    current = RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day))
    for assignment in current.filter(person__in=seen.order_by().values("person")).select_related("unit", "person"):
        held[assignment.person].append(assignment)
    return [
        expected_of(viewer, person, [row for value in values for row in gives[value]], held[person], administrators)
        for person, values in groups.items()
    ]


def expected_of(
    viewer: Person,
    person: Person,
    gives: list[GroupRole],
    held: list[RoleAssignment],
    administrators: list[RoleAssignment],
) -> Expected:
    """In units that the viewer manages."""
    begins, ends = rules.out_of_line(gives, held)
    ends = [assignment for assignment in ends if may_manage(viewer, assignment.unit)]
    kept = [assignment for assignment in ends if leaves_no_administrator(assignment, administrators)]
    return Expected(
        person,
        gets=[named(row.role, row.unit) for row in begins if may_manage(viewer, row.unit)],
        loses=[named(assignment.role, assignment.unit) for assignment in ends if assignment not in kept],
        keeps=[named(assignment.role, assignment.unit) for assignment in kept],
    )


def named(role: str, unit: Unit) -> str:
    return f"{ROLES[role].name}, {unit.name}"
