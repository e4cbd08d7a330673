from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, locked, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.rulebook.agreements import rules
from hjulet.rulebook.agreements.models import Agreement, AgreementKind, OfAgreement, Party, Requirement
from hjulet.rulebook.agreements.notices import tell_owner
from hjulet.rulebook.agreements.states import WORKFLOW
from hjulet.rulebook.laws.models import Provision

# What a successor takes over; its days are written anew.
TAKEN_OVER = (
    "unit",
    "title",
    "kind",
    "mandatory_basis",
    "purpose",
    "target_group",
    "renewal",
    "follow_up_months",
    "contact_function",
    "contact_phone",
    "contact_email",
    "owner_person",
    "owner_role",
)
PARTY = ("name", "kind", "unit", "role")
REQUIREMENT = ("order", "text", "is_critical", "legal_basis", "method")


@operation
def draft_agreement(
    *,
    by: Person,
    unit: Unit,
    title: str,
    kind: AgreementKind,
    purpose: str,
    provisions: Collection[Provision] = (),
    **given: Any,
) -> Agreement:
    """Begin to write one; `given` are the other fields of `AgreementForm`."""
    require(rules.may_draft(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    agreement = Agreement(unit=unit, title=title, kind=kind, purpose=purpose, **given)
    agreement.full_clean()
    agreement.save()
    agreement.provisions.set(provisions)
    after = {"title": title, "kind": kind, "purpose": purpose, "provisions": named(provisions)}
    audit.record("agreement.drafted", by=by, target=agreement, after=after)
    tell_owner(agreement, by=by)
    return agreement


@operation
def change_agreement(
    agreement: Agreement,
    *,
    by: Person,
    revision: int,
    provisions: Collection[Provision] | None = None,
    **changes: Any,
) -> Agreement:
    """`changes` are fields of `AgreementForm`; what it rests on stands unless something is said of it."""
    require(rules.may_change(by, agreement))
    require_no(rules.obstacle_to_changing(agreement))
    before, after = save_changes(agreement, revision=revision, changes=changes)
    if provisions is not None and set(provisions) != (was := set(agreement.provisions.select_related("law"))):
        agreement.provisions.set(provisions)
        if not after:
            agreement.revision += 1
            agreement.save(update_fields=["revision"])
        before, after = before | {"provisions": named(was)}, after | {"provisions": named(provisions)}
    if after:
        audit.record("agreement.changed", by=by, target=agreement, before=before, after=after)
    if after.keys() & {"owner_person", "owner_role"}:
        tell_owner(agreement, by=by)
    return agreement


def named(provisions: Iterable[Provision]) -> str:
    return ", ".join(sorted(str(provision) for provision in provisions))


@operation
def change_agreements(*, rows: list[Agreement], by: Person, **changes: Any) -> int:
    """The same change of several, by the same rules as of one: all of them or none."""
    return for_each(rows, lambda row: change_agreement(row, by=by, revision=row.revision, **changes))


@operation
def set_next_follow_up(agreement: Agreement, *, by: Person, day: date | None) -> Agreement:
    """When it is followed up next time: said when this time is done."""
    require(rules.may_follow_up(by, agreement))
    standing = locked(agreement)
    before, after = save_changes(agreement, revision=standing.revision, changes={"next_follow_up_date": day})
    if after:
        audit.record("agreement.changed", by=by, target=agreement, before=before, after=after)
    return agreement


@operation
def add_party(
    agreement: Agreement, *, by: Person, name: str, kind: str, unit: Unit | None = None, role: str = ""
) -> Party:
    require(rules.may_change(by, agreement))
    require_no(rules.obstacle_to_changing(agreement))
    party = Party(agreement=agreement, name=name, kind=kind, unit=unit, role=role)
    party.full_clean()
    party.save()
    audit.record("agreement.party_added", by=by, target=agreement, after={"party": name, "role": role})
    return party


@operation
def change_party(party: Party, *, by: Person, revision: int, **changes: Any) -> Party:
    return change_part(party, "party_changed", by=by, revision=revision, **changes)


@operation
def take_out_party(party: Party, *, by: Person, reason: str) -> Party:
    """One who is no longer a party. An agreement that holds keeps at least one."""
    require(rules.may_change(by, party.agreement))
    require_no(rules.obstacle_to_taking_out_party(party))
    return take_out(party, "party_taken_out", by=by, reason=reason)


@operation
def add_requirement(
    agreement: Agreement,
    *,
    by: Person,
    text: str,
    order: int,
    is_critical: bool = False,
    legal_basis: str = "",
    method: str = "",
) -> Requirement:
    require(rules.may_change(by, agreement))
    require_no(rules.obstacle_to_changing(agreement))
    requirement = Requirement(
        agreement=agreement, text=text, order=order, is_critical=is_critical, legal_basis=legal_basis, method=method
    )
    requirement.full_clean()
    requirement.save()
    after = {"text": text, "is_critical": is_critical}
    audit.record("agreement.requirement_added", by=by, target=agreement, after=after)
    return requirement


@operation
def change_requirement(requirement: Requirement, *, by: Person, revision: int, **changes: Any) -> Requirement:
    """What follow-ups have said of it stands with the words it had then."""
    return change_part(requirement, "requirement_changed", by=by, revision=revision, **changes)


@operation
def take_out_requirement(requirement: Requirement, *, by: Person, reason: str) -> Requirement:
    return take_out(requirement, "requirement_taken_out", by=by, reason=reason)


def change_part(part: Any, verb: str, *, by: Person, revision: int, **changes: Any) -> Any:
    agreement = part.agreement
    require(rules.may_change(by, agreement))
    require_no(rules.obstacle_to_changing_part(part, agreement))
    before, after = save_changes(part, revision=revision, changes=changes)
    if after:
        audit.record(f"agreement.{verb}", by=by, target=agreement, before=before, after=after)
    return part


def take_out(part: OfAgreement, verb: str, *, by: Person, reason: str) -> Any:
    agreement = part.agreement
    require(rules.may_change(by, agreement))
    require_no(rules.obstacle_to_changing_part(part, agreement))
    changes = {"ended_date": timezone.localdate(), "ended_reason": reason.strip()}
    save_changes(part, revision=locked(part).revision, changes=changes)
    audit.record(f"agreement.{verb}", by=by, target=agreement, after={"what": str(part), "reason": reason.strip()})
    return part


@operation
def put_in_force(agreement: Agreement, *, by: Person) -> Agreement:
    """From now on it holds, and what it succeeds is replaced."""
    make_move(agreement, "put_in_force", by=by)
    for replaced in agreement.predecessors.in_force():
        reason = _("Ersatt av %(title)s.") % {"title": agreement.title}
        make_move(replaced, "replace", by=by, reason=reason, ended_date=timezone.localdate())
    return agreement


@operation
def renew_agreement(agreement: Agreement, *, by: Person) -> Agreement:
    """Begin its successor: a draft with the same parties, requirements and provisions. It takes over when it is put in force."""
    require(rules.may_change(by, agreement))
    require_no(rules.obstacle_to_renewing(agreement))
    require_no(obstacle_to_beginning_in(agreement.unit))
    successor = Agreement(**{name: getattr(agreement, name) for name in TAKEN_OVER})
    successor.full_clean()
    successor.save()
    successor.provisions.set(agreement.provisions.all())
    Party.objects.bulk_create(copies(agreement.parties.standing(), PARTY, successor))
    Requirement.objects.bulk_create(copies(agreement.requirements.standing(), REQUIREMENT, successor))
    changes = {"successor": successor}
    before, after = save_changes(agreement, revision=locked(agreement).revision, changes=changes)
    audit.record("agreement.changed", by=by, target=agreement, before=before, after=after)
    audit.record("agreement.drafted", by=by, target=successor, after={"title": successor.title, "replaces": agreement})
    return successor


def copies(parts: Any, fields: tuple[str, ...], agreement: Agreement) -> list[Any]:
    return [parts.model(agreement=agreement, **{name: getattr(part, name) for name in fields}) for part in parts]


@operation
def terminate_agreement(agreement: Agreement, *, by: Person, reason: str, valid_to: date) -> Agreement:
    """One of the sides has given notice; it holds to and with the day."""
    if agreement.valid_from and valid_to < agreement.valid_from:
        raise ValidationError({"valid_to": _("Sista dagen kan inte ligga före startdagen.")})
    return make_move(
        agreement, "terminate", by=by, reason=reason, valid_to=valid_to, ended_date=valid_to, notice_date=None
    )


@operation
def replace_agreement(agreement: Agreement, *, by: Person, reason: str, successor: Agreement) -> Agreement:
    """By one that already holds."""
    require(rules.may_decide(by, agreement))
    require_no(rules.obstacle_to_succeeding(agreement, successor))
    today = timezone.localdate()
    return make_move(agreement, "replace", by=by, reason=reason, successor=successor, ended_date=today)


@operation
def end_agreement(agreement: Agreement, *, by: Person, reason: str) -> Agreement:
    """Its time has run out, or a draft came to nothing."""
    last = agreement.valid_to if agreement.is_in_force else timezone.localdate()
    return make_move(agreement, "end", by=by, reason=reason, ended_date=last)


@operation
def reinstate_agreement(agreement: Agreement, *, by: Person, reason: str) -> Agreement:
    """It was not over after all."""
    return make_move(agreement, "reinstate", by=by, reason=reason, ended_date=None)


def make_move(agreement: Agreement, move: str, *, by: Person, reason: str = "", **fields: Any) -> Agreement:
    """The part all moves share: the rule, the table's word, the step and the audit event."""
    before = {"state": agreement.state, **{name: getattr(agreement, name) for name in fields}}
    require(rules.may_decide(by, agreement))
    require_no(rules.obstacle_to_move(agreement, move))
    perform(agreement, WORKFLOW, move, by=by, reason=reason, **fields)
    after = {"state": agreement.state, "reason": reason, **fields}
    audit.record(f"agreement.{move}", by=by, target=agreement, before=before, after=after)
    return agreement


@operation
def relocate_agreement(agreement: Agreement, *, by: Person, to: Unit, day: date) -> Agreement:
    """Follows when its unit is reorganised."""
    relocate(agreement, by=by, to=to)
    return agreement
