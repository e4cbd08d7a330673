from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.audit.models import How, Read
from hjulet.base.operations import locked, operation, require, require_no
from hjulet.collaboration.secrecy import rules
from hjulet.collaboration.secrecy.notices import tell_responsible
from hjulet.collaboration.secrecy.queries import row_of
from hjulet.organisation.models import Marking, Opening, Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.secrecy.queries import marking_of, role_that_grants


@operation
def mark_secret(target: Any, *, by: Person, provision: str, reason: str) -> Marking:
    """From now on only those see the row, and its twins, who may read what is secret in its unit."""
    require(rules.may_mark(by, target.unit))
    require_no(rules.obstacle_to_marking(locked(target)))
    for twin in target.twins():
        if not twin.is_secret:
            put_marking(twin, by=by, provision=provision, reason=reason)
    return put_marking(target, by=by, provision=provision, reason=reason)


@operation
def carry_marking(before: Model, after: Any, *, by: Person) -> Marking:
    """A copy of a marked row is as secret as the row, whoever made it."""
    label = before._meta.label_lower
    marking = Marking.objects.in_force().get(target_type=label, target_id=before.pk)
    return put_marking(after, by=by, provision=marking.provision, reason=marking.reason)


def put_marking(target: Any, *, by: Person, provision: str, reason: str) -> Marking:
    marking = Marking(
        target_type=target._meta.label_lower,
        target_id=target.pk,
        unit=target.unit,
        provision=provision,
        reason=reason.strip(),
        authority=str(target.unit.committee or target.unit),
        set_by=by,
        set_at=timezone.now(),
    )
    marking.full_clean()
    marking.save()
    set_secret(target, is_secret=True)
    verb = f"{target._meta.model_name}.marked_secret"
    audit.record(verb, by=by, target=target, unit=target.unit, after={"provision": provision, "reason": reason})
    return marking


@operation
def lift_marking(marking: Marking, *, by: Person, reason: str) -> Marking:
    """The row is as open as before. That it was marked, and why it no longer is, stays."""
    require(rules.may_mark(by, marking.unit))
    require_no(rules.obstacle_to_lifting(marking))
    target: Any = row_of(marking)
    for twin in target.twins():
        if its_own := marking_of(twin):
            take_marking(its_own, twin, by=by, reason=reason)
    return take_marking(marking, target, by=by, reason=reason)


def take_marking(marking: Marking, target: Any, *, by: Person, reason: str) -> Marking:
    marking.lifted_by, marking.lifted_at, marking.lifted_reason = by, timezone.now(), reason.strip()
    marking.full_clean()
    marking.save(update_fields=["lifted_by", "lifted_at", "lifted_reason"])
    set_secret(target, is_secret=False)
    verb = f"{target._meta.model_name}.marking_lifted"
    audit.record(verb, by=by, target=target, unit=target.unit, after={"reason": reason})
    return marking


def set_secret(target: Any, *, is_secret: bool) -> None:
    target.is_secret = is_secret
    target.save(update_fields=["is_secret"])


@operation
def open_marked(marking: Marking, *, by: Person, reason: str) -> Opening:
    """Break the glass: the person reads this row until the next login, and whoever answers for it is told."""
    require(rules.may_open(by, marking))
    require_no(rules.obstacle_to_opening(by, marking))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför du behöver läsa.")})
    opening = Opening(marking=marking, person=by, reason=reason.strip(), at=timezone.now())
    opening.full_clean()
    opening.save()
    role = role_that_grants(by, Permission.SECRETS_OPEN, marking.unit)
    unit = marking.unit
    read = Read(row_of(marking), unit.pk, unit.committee_id, How.OPENED, role, is_outside=True, reason=opening.reason)
    audit.log_readings([read], by=by)
    audit.record("marking.opened", by=by, target=marking, after={"reason": opening.reason})
    tell_responsible(opening)
    return opening
