from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, locked, operation, require, require_no, save_changes
from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.organisation.relocating import relocate
from hjulet.rulebook.documents.models import DocumentVersion
from hjulet.rulebook.receipts import rules
from hjulet.rulebook.receipts.concerned import asked_through, own_roles
from hjulet.rulebook.receipts.models import ReadingRequest, ReadReceipt


@operation
def ask_to_read(
    version: DocumentVersion, *, by: Person, due_date: date, unit: Unit | None = None, roles: Sequence[str] = ()
) -> list[ReadingRequest]:
    """Ask those who work in the unit to have read the version by a day; without a unit all units the document is for."""
    locked(version)
    units = [unit] if unit else list(version.document.applies_to.order_by("path")) or [version.document.unit]
    return [ask_in(version, one, by=by, due_date=due_date, roles=list(roles)) for one in units]


def ask_in(version: DocumentVersion, unit: Unit, *, by: Person, due_date: date, roles: list[str]) -> ReadingRequest:
    require(rules.may_ask(by, version.document, unit))
    require_no(rules.obstacle_to_asking(version, unit, due_date))
    request = ReadingRequest(
        version=version,
        unit=unit,
        roles=roles,
        due_date=due_date,
        asked_by=by,
        asked_by_name=by.signature,
        asked_date=timezone.localdate(),
    )
    request.full_clean()
    request.save()
    after = {"version": version, "roles": roles, "due_date": due_date}
    audit.record("readingrequest.asked", by=by, target=request, after=after)
    return request


@operation
def withdraw_request(request: ReadingRequest, *, by: Person, reason: str) -> ReadingRequest:
    """It need not be read there after all. Who has read stays known."""
    require(rules.may_withdraw(by, request))
    standing = locked(request)
    require_no(rules.obstacle_to_withdrawing(standing))
    after = {"withdrawn_date": timezone.localdate(), "withdrawn_reason": reason.strip()}
    save_changes(request, revision=standing.revision, changes=after)
    audit.record("readingrequest.withdrawn", by=by, target=request, after=after)
    return request


@operation
def confirm_reading(version: DocumentVersion, *, by: Person) -> ReadReceipt:
    """The person has read and understood it. Only one's own reading: no one confirms for another."""
    held = reads_as(by, version)
    locked(version)
    require_no(rules.obstacle_to_confirming(by, version))
    now = timezone.now()
    receipt = ReadReceipt.objects.create(
        version=version, person=by, unit=held.unit, role=held.role, read_date=timezone.localdate(now), at=now
    )
    audit.record("readreceipt.written", by=by, target=receipt, after={"version": version, "role": held.role})
    return receipt


@operation
def confirm_readings(*, by: Person, requests: Sequence[ReadingRequest]) -> int:
    """Several at once, all of them or none."""
    return for_each(requests, lambda request: confirm_reading(request.version, by=by))


def reads_as(person: Person, version: DocumentVersion) -> RoleAssignment:
    """The role that is asked, else the first that the document binds; whoever has none of them is not to confirm."""
    for request in version.reading_requests.filter(withdrawn_date=None).select_related("unit").order_by("due_date"):
        if held := asked_through(person, request):
            return held
    for held in own_roles(person):
        if version.document.unit_id in held.unit.lineage:
            return held
    raise PermissionDenied


@operation
def relocate_request(request: ReadingRequest, *, by: Person, to: Unit, day: date) -> ReadingRequest:
    """Follows when its unit is reorganised: those who work there now are to have read it."""
    relocate(request, by=by, to=to)
    return request
