from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, locked, operation, require, require_no
from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles import rules
from hjulet.organisation.roles.models import Origin, RoleAssignment
from hjulet.organisation.roles.queries import forget_assignments
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.models import Unit
from hjulet.organisation.units.rules import may_give_role, may_manage

DAY = timedelta(days=1)


@operation
def assign_role(
    *,
    by: Person,
    person: Person,
    role: str,
    unit: Unit,
    valid_from: date,
    valid_to: date | None = None,
    origin: str = Origin.HAND,
) -> RoleAssignment:
    """`role` is a key of `ROLES`; `valid_to` is the last day, None for until further notice."""
    require(may_give_role(by, ROLES[role], unit))
    if unit.valid_to is not None and (valid_to is None or valid_to > unit.valid_to):
        raise ValidationError(
            {"valid_to": _("%(unit)s stängs %(day)s.") % {"unit": unit.name, "day": unit.valid_to.isoformat()}}
        )
    assignment = RoleAssignment(
        person=person, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, origin=origin
    )
    assignment.full_clean()
    require_no(rules.obstacle_to_holding_twice(assignment))
    assignment.save()
    forget_assignments(person)
    audit.record(
        "role.assigned",
        by=by,
        target=assignment,
        after=said_of(assignment) | ({"origin": origin} if origin != Origin.HAND else {}),
    )
    return assignment


@operation
def assign_role_to_many(*, rows: list[Person], by: Person, **given: Any) -> int:
    """The same role to several people, `given` as to `assign_role`: all of them or none."""
    return for_each(rows, lambda person: assign_role(by=by, person=person, **given))


@operation
def end_assignment(assignment: RoleAssignment, *, by: Person, valid_to: date) -> RoleAssignment:
    """`valid_to` is the last day the role holds."""
    require(may_give_role(by, assignment.definition, assignment.unit))
    standing = locked(assignment)
    require_no(rules.obstacle_to_ending(standing, by))
    assignment.valid_to = valid_to
    assignment.full_clean()
    assignment.save(update_fields=["valid_to"])
    forget_assignments(assignment.person)
    audit.record(
        "role.ended",
        by=by,
        target=assignment,
        before={"person": assignment.person, "role": assignment.role, "valid_to": standing.valid_to},
        after={"valid_to": valid_to},
    )
    return assignment


@operation
def take_back_assignment(assignment: RoleAssignment, *, by: Person, day: date) -> RoleAssignment:
    """What a login does with a role that it gave and that the person's groups no longer give: at once, not tomorrow."""
    require(by.is_machine and assignment.origin == Origin.GROUP)
    standing = locked(assignment)
    assignment.valid_to = day - timedelta(days=1)
    assignment.full_clean()
    assignment.save(update_fields=["valid_to"])
    forget_assignments(assignment.person)
    audit.record(
        "role.ended",
        by=by,
        target=assignment,
        before={"person": assignment.person, "role": assignment.role, "valid_to": standing.valid_to},
        after={"valid_to": assignment.valid_to, "origin": assignment.origin},
    )
    return assignment


@operation
def end_assignments(*, rows: list[RoleAssignment], by: Person, valid_to: date) -> int:
    """The same last day for several, by the same rules as for one: all of them or none."""
    return for_each(rows, lambda assignment: end_assignment(assignment, by=by, valid_to=valid_to))


@operation
def relocate_assignment(assignment: RoleAssignment, *, by: Person, to: Unit | None, day: date) -> RoleAssignment | None:
    """Follows when its unit is reorganised: held there until the day and in `to` from it; nowhere without `to`.

    One that begins later has never been held: it is given there instead, and leaves only its trace in the log. Whoever
    stands in for the holder goes along.
    """
    require(may_manage(by, assignment.unit) and (to is None or may_manage(by, to)))
    standing = locked(assignment)
    there = held_there(standing, to, max(day, standing.valid_from), by=by) if to else None
    for deputyship in standing.deputyships.not_over(day):
        relocate_deputyship(deputyship, there, day, by=by)
    before = said_of(standing)
    if standing.valid_from < day:
        standing.valid_to = day - DAY
        standing.save(update_fields=["valid_to"])
        audit.record("role.ended", by=by, target=standing, before=before, after={"valid_to": standing.valid_to})
    else:
        audit.record("role.withdrawn", by=by, target=standing, before=before)
        standing.deputyships.all().delete()
        standing.delete()
    forget_assignments(standing.person)
    return there


def held_there(standing: RoleAssignment, to: Unit, first: date, *, by: Person) -> RoleAssignment:
    """The same role in the other unit from the day; one that the person has there already is made to last as long."""
    of_the_person = RoleAssignment.objects.filter(person=standing.person, role=standing.role, unit=to)
    there = of_the_person.filter(Q(valid_to=None) | Q(valid_to__gte=first)).order_by("valid_from").first()
    before = said_of(there) if there else {}
    if there is None:
        there = RoleAssignment(
            person=standing.person,
            role=standing.role,
            unit=to,
            valid_from=first,
            valid_to=standing.valid_to,
            origin=standing.origin,
        )
    there.valid_from = min(there.valid_from, first)
    if there.valid_to is not None:
        there.valid_to = standing.valid_to and max(there.valid_to, standing.valid_to)
    if before != said_of(there):
        there.full_clean()
        there.save()
        audit.record("role.assigned", by=by, target=there, before=before, after=said_of(there))
    return there


def relocate_deputyship(deputyship: Deputyship, there: RoleAssignment | None, day: date, *, by: Person) -> None:
    """Whoever stands in for the holder does so where the role is held from the day."""
    before = {"unit": deputyship.assignment.unit, "valid_to": deputyship.valid_to}
    if there is not None:
        Deputyship.objects.create(
            assignment=there,
            person=deputyship.person,
            valid_from=max(day, deputyship.valid_from),
            valid_to=deputyship.valid_to,
            given_by=by,
            given_at=timezone.now(),
        )
    audit.record("deputyship.relocated", by=by, target=deputyship, before=before, after={"unit": there and there.unit})
    deputyship.ended_at = timezone.now()
    deputyship.save(update_fields=["ended_at"])
    forget_assignments(deputyship.person)


def said_of(assignment: RoleAssignment) -> dict[str, Any]:
    return {name: getattr(assignment, name) for name in ("person", "role", "unit", "valid_from", "valid_to")}
