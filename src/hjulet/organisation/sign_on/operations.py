"""Coming in by single sign-on: who it is, and which roles the person's groups give from today."""

from collections.abc import Collection
from datetime import date, timedelta

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require, require_no, save_changes
from hjulet.organisation.people.models import Person
from hjulet.organisation.people.operations import add_person_from_login, link_login
from hjulet.organisation.people.rules import obstacle_to_coming_in
from hjulet.organisation.roles.models import Origin
from hjulet.organisation.roles.operations import assign_role, take_back_assignment
from hjulet.organisation.roles.rules import administrators_on, leaves_no_administrator
from hjulet.organisation.sign_on import rules
from hjulet.organisation.sign_on.models import GroupRole, SeenGroup
from hjulet.organisation.sign_on.queries import group_roles_of, person_with_address
from hjulet.organisation.sign_on.told import Told
from hjulet.organisation.units.models import Unit
from hjulet.organisation.units.rules import may_manage, obstacle_to_beginning_in

FORGOTTEN_AFTER = timedelta(days=90)


@operation
def come_in(told: Told, *, by: Person, provider: str, day: date) -> SocialAccount:
    """The person behind the subject, with the roles of the day. Refused when the person is to stay out."""
    require(by.is_machine)
    require_no(rules.obstacle_in_what_was_told(told))
    gives = group_roles_of(told.groups, day)
    link = SocialAccount.objects.select_related("user").filter(provider=provider, uid=told.subject).first()
    if link is None:
        person = person_with_address(told.verified_email)
        if person is None:
            require_no(rules.obstacle_to_adding(told, gives))
            person = add_person_from_login(by=by, name=told.name, email=told.verified_email)
        link = link_login(person, by=by, provider=provider, subject=told.subject)
    require_no(obstacle_to_coming_in(link.user))
    remember_groups(told.groups, person=link.user, by=by, day=day)
    bring_roles_into_line(link.user, by=by, gives=gives, day=day)
    return link


@operation
def bring_roles_into_line(person: Person, *, by: Person, gives: list[GroupRole], day: date) -> None:
    """What the groups give begins, what they gave and no longer give ends."""
    held = person.role_assignments.filter(Q(valid_to=None) | Q(valid_to__gte=day)).select_related("unit", "person")
    begins, ends = rules.out_of_line(gives, list(held))
    for row in begins:
        assign_role(
            by=by,
            person=person,
            role=row.role,
            unit=row.unit,
            valid_from=day,
            valid_to=row.unit.valid_to,
            origin=Origin.GROUP,
        )
    # Held until the end: of two who log in at once the second counts what the first has left.
    administrators = list(administrators_on(day).select_for_update(of=("self",))) if ends else []
    for assignment in ends:
        if not leaves_no_administrator(assignment, administrators):
            take_back_assignment(assignment, by=by, day=day)


@operation
def remember_groups(groups: Collection[str], *, by: Person, day: date, person: Person | None = None) -> None:
    """For the page that shows what would follow. No trace in the log: it is no record of anything, and is forgotten."""
    seen = SeenGroup.objects.filter(person=person)
    if person is not None:
        seen.exclude(value__in=groups).delete()
    known = set(seen.values_list("value", flat=True))
    seen.filter(value__in=groups).update(seen_on=day)
    SeenGroup.objects.bulk_create(
        [SeenGroup(value=group, person=person, seen_on=day) for group in sorted(set(groups) - known)],
        ignore_conflicts=True,  # the same person may log in twice at once
    )
    SeenGroup.objects.filter(seen_on__lt=day - FORGOTTEN_AFTER).delete()


@operation
def map_group(*, by: Person, value: str, role: str, unit: Unit) -> GroupRole:
    """Gives nobody anything yet: a role begins when somebody with the group logs in."""
    require(rules.may_map_to(by, role, unit))
    require_no(obstacle_to_beginning_in(unit))
    row = GroupRole(value=value, role=role, unit=unit)
    row.full_clean()
    row.save()
    audit.record("group_role.added", by=by, target=row, after={"value": value, "role": role, "unit": unit})
    return row


@operation
def change_group_role(row: GroupRole, *, by: Person, revision: int, value: str, role: str, unit: Unit) -> GroupRole:
    require(rules.may_change(by, row))
    require(rules.may_map_to(by, role, unit))
    if unit != row.unit:
        require_no(obstacle_to_beginning_in(unit))
    changes = {"value": value, "role": role, "unit": unit}
    before, after = save_changes(row, revision=revision, changes=changes)
    if after:
        audit.record("group_role.changed", by=by, target=row, before=before, after=after)
    return row


@operation
def unmap_group(row: GroupRole, *, by: Person, reason: str) -> None:
    """Whoever has the role from the group keeps it until the next login."""
    require(rules.may_change(by, row))
    before = {"value": row.value, "role": row.role, "unit": row.unit}
    audit.record("group_role.removed", by=by, target=row, before=before, after={"reason": reason})
    row.delete()


@operation
def relocate_group_role(row: GroupRole, *, by: Person, to: Unit | None, day: date) -> None:
    """Follows when its unit is reorganised, with the roles it has given: the next login must not take them back."""
    require(may_manage(by, row.unit) and (to is None or may_manage(by, to)))
    before = {"value": row.value, "role": row.role, "unit": row.unit}
    if to is None or GroupRole.objects.filter(value=row.value, role=row.role, unit=to).exists():
        audit.record("group_role.removed", by=by, target=row, before=before)
        row.delete()
        return
    row.unit, row.revision = to, row.revision + 1
    row.save(update_fields=["unit", "revision"])
    audit.record("group_role.relocated", by=by, target=row, unit=to, before=before, after={"unit": to})
