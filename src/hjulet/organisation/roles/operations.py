from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, locked, operation, require, require_no
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles import rules
from hjulet.organisation.roles.models import Origin, RoleAssignment
from hjulet.organisation.roles.queries import forget_assignments
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.models import Unit
from hjulet.organisation.units.rules import may_give_role


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
    assignment.save()
    forget_assignments(person)
    audit.record(
        "role.assigned",
        by=by,
        target=assignment,
        after={"person": person, "role": role, "unit": unit, "valid_from": valid_from, "valid_to": valid_to}
        | ({"origin": origin} if origin != Origin.HAND else {}),
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
