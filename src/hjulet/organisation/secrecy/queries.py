from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext as _

from hjulet.audit.models import How, Read, Reading
from hjulet.base.disclosing import Disclosed
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, holds
from hjulet.organisation.secrecy.marked import openings_of
from hjulet.organisation.secrecy.models import Marking
from hjulet.organisation.units.models import Unit

LONGEST_ROLE = Reading._meta.get_field("acting_as").max_length


def marking_of(target: Model) -> Marking | None:
    """The marking in force; no statement for a row that has none."""
    if not getattr(target, "is_secret", False):
        return None
    return marking_in_force(target._meta.label_lower, target.pk)


def marking_in_force(target_type: str, target_id: int) -> Marking | None:
    found = Marking.objects.in_force().filter(target_type=target_type, target_id=target_id)
    return found.select_related("unit", "set_by").first()


def marking_to_open(person: Person, target_type: str, target_id: int) -> Marking | None:
    """What stands between the person and the row when a reason is all that is missing."""
    marking = marking_in_force(target_type, target_id)
    if marking is None or not holds(person, Permission.SECRETS_OPEN, marking.unit):
        return None
    return None if openings_of(person).filter(marking=marking).exists() else marking


def reads_of(person: Person, disclosed: Iterable[Disclosed]) -> list[Read]:
    """What the log of readings is to say, each row and way once. One statement more when a reason was given for any."""
    once = {(one.row._meta.label_lower, one.row.pk, one.how, one.details): one for one in disclosed}
    given: dict[tuple[str, int], str] | None = None
    reads = []
    for (label, key, *_rest), one in once.items():
        unit = unit_of(one.row)
        permission = Permission.READ_LOG_REVIEW if one.how in (How.LOG, How.EXTRACT) else Permission.SECRETS_READ
        acting_as, reason = role_that_grants(person, permission, unit), ""
        if permission == Permission.SECRETS_READ and not holds(person, permission, unit):
            given = reasons_given_by(person) if given is None else given
            acting_as, reason = role_that_grants(person, Permission.SECRETS_OPEN, unit), given.get((label, key), "")
        reads.append(Read(one.row, unit.pk, unit.committee_id, one.how, acting_as, bool(reason), reason, one.details))
    return reads


def unit_of(row: Model) -> Unit:
    return row if isinstance(row, Unit) else row.unit


def reasons_given_by(person: Person) -> dict[tuple[str, int], str]:
    rows = openings_of(person).order_by("at").values_list("marking__target_type", "marking__target_id", "reason")
    return {(label, key): reason for label, key, reason in rows}


def role_that_grants(person: Person, permission: Permission, unit: Unit) -> str:
    """The role by which the person reads, and where it is held: the nearest of the own, else in whose place."""
    granting = [
        held
        for held in assignments_of(person)
        if held.definition.grants(permission)
        and (
            unit.path.startswith(held.unit.path)
            or (permission in held.definition.committee and unit.committee_id == held.unit.committee_id is not None)
        )
    ]
    nearest = max(granting, key=lambda held: (held.person_id == person.pk, held.unit.depth), default=None)
    if nearest is None:
        return ""
    role = f"{nearest.definition.name}, {nearest.unit}"
    if nearest.person_id != person.pk:
        role = _("%(role)s, i stället för %(holder)s") % {"role": role, "holder": nearest.person.name}
    return role[:LONGEST_ROLE]
