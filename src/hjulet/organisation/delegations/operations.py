from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.organisation.decisions.operations import record_decision
from hjulet.organisation.delegations import queries, rules
from hjulet.organisation.delegations.models import DelegatedDecision, Delegation, MeetingReport
from hjulet.organisation.delegations.not_delegable import NOT_DELEGABLE
from hjulet.organisation.models import Decision, Person, Unit
from hjulet.organisation.units.rules import obstacle_to_beginning_in

DAY = timedelta(days=1)


@operation
def propose_delegation(*, by: Person, committee: Unit, replaces: Delegation | None = None, **fields: Any) -> Delegation:
    """A row for the nämnd to decide; what may not be delegated stands at once. `fields` are those of `DelegationForm`."""
    require(rules.may_edit(by, committee))
    require_no(rules.obstacle_to_proposing(committee) or obstacle_in(fields))
    if replaces is not None:
        require_no(rules.obstacle_to_replacing(replaces))
    delegation = Delegation(committee=committee, replaces=replaces, sort_key=sortable(fields["code"]), **fields)
    delegation.must_be_reported &= delegation.is_delegable
    delegation.full_clean()
    delegation.save()
    audit.record("delegation.proposed", by=by, target=delegation, unit=committee, after=fields)
    return delegation


@operation
def change_proposal(delegation: Delegation, *, by: Person, revision: int, **changes: Any) -> Delegation:
    require(rules.may_edit(by, delegation.committee))
    require_no(rules.obstacle_to_changing(locked(delegation)) or obstacle_in(changes))
    changes["must_be_reported"] &= changes["is_delegable"]
    changes["sort_key"] = sortable(changes["code"])
    before, after = save_changes(delegation, revision=revision, changes=changes)
    if after:
        audit.record(
            "delegation.changed",
            by=by,
            target=delegation,
            unit=delegation.committee,
            before=before,
            after=after,
        )
    return delegation


@operation
def withdraw_proposal(delegation: Delegation, *, by: Person) -> Delegation:
    require(rules.may_edit(by, delegation.committee))
    standing = locked(delegation)
    require_no(rules.obstacle_to_changing(standing))
    save_changes(delegation, revision=standing.revision, changes={"withdrawn_at": timezone.now()})
    audit.record("delegation.withdrawn", by=by, target=delegation, unit=delegation.committee)
    return delegation


@operation
def end_delegation(delegation: Delegation, *, by: Person, valid_to: date) -> Delegation:
    """`valid_to` is the last day. What has been decided under it stays decided."""
    require(rules.may_adopt(by, delegation.committee))
    standing = locked(delegation)
    require_no(rules.obstacle_to_ending(standing, valid_to))
    before, after = save_changes(delegation, revision=standing.revision, changes={"valid_to": valid_to})
    audit.record("delegation.ended", by=by, target=delegation, unit=delegation.committee, before=before, after=after)
    return delegation


@operation
def add_what_is_not_delegable(committee: Unit, *, by: Person) -> int:
    """The five points of the law, those that the nämnd's order does not hold yet; returns how many were added."""
    require(rules.may_edit(by, committee))
    there = set(committee.delegations.filter(is_delegable=False, valid_to=None).values_list("code", flat=True))
    missing = [row for row in NOT_DELEGABLE if row["code"] not in there]
    never = {"is_delegable": False, "must_be_reported": False, "valid_from": timezone.localdate()}
    for row in missing:
        said = {name: str(words) for name, words in row.items()}
        propose_delegation(by=by, committee=committee, replaces=None, **said, **never)
    return len(missing)


@operation
def adopt_delegations(
    committee: Unit, *, by: Person, meeting_date: date, paragraph: str, registry_number: str
) -> Decision:
    """The nämnd has decided all that was proposed. Nothing holds before the meeting; what a row replaces ends then."""
    require(rules.may_adopt(by, committee))
    require_no(rules.obstacle_to_adopting(committee.delegations.proposed().count()))
    decision = record_decision(
        by=by,
        committee=committee,
        meeting_date=meeting_date,
        paragraph=paragraph,
        registry_number=registry_number,
        subject=_("Delegationsordning"),
    )
    for delegation in committee.delegations.proposed().select_for_update().order_by("pk"):
        bring_into_force(delegation, decision, by=by)
    return decision


def bring_into_force(delegation: Delegation, decision: Decision, *, by: Person) -> None:
    """Ends what it replaces the day before; the same power to the same role is replaced without being named."""
    starts = max(delegation.valid_from, decision.meeting_date)
    same = {"code": delegation.code, "role": delegation.role}
    open_rows = decision.committee.delegations.filter(valid_to=None, decision__isnull=False)
    for earlier in open_rows.filter(**same) | open_rows.filter(pk=delegation.replaces_id):
        save_changes(
            earlier,
            revision=locked(earlier).revision,
            changes={"valid_to": max(starts - DAY, earlier.valid_from)},
        )
        audit.record("delegation.ended", by=by, target=earlier, unit=decision.committee, after={"decision": decision})
    revision = locked(delegation).revision
    save_changes(delegation, revision=revision, changes={"decision": decision, "valid_from": starts})
    audit.record(
        "delegation.adopted",
        by=by,
        target=delegation,
        unit=decision.committee,
        after={"decision": decision, "valid_from": starts},
    )


@operation
def record_delegated_decision(
    *,
    by: Person,
    delegation: Delegation,
    unit: Unit,
    decided_on: date,
    subject: str,
    registry_number: str,
    reasons: str = "",
    target: Model | None = None,
) -> DelegatedDecision:
    """What `by` has decided in the nämnd's place. Called inside the operation that carries the decision out.

    Raises `Refused` when the row of the order gives the person no power in the unit that day. `target` is the row that
    was decided.
    """
    require_no(rules.obstacle_to_recording(decided_on) or obstacle_to_beginning_in(unit))
    require_no(rules.obstacle_to_deciding(by, delegation, unit, decided_on))
    delegated = DelegatedDecision(
        **queries.authority_of(delegation, by),
        unit=unit,
        decided_on=decided_on,
        subject=subject.strip(),
        registry_number=registry_number.strip(),
        reasons=reasons.strip(),
        must_be_reported=delegation.must_be_reported,
        target_type=target and ContentType.objects.get_for_model(target),
        target_id=target and target.pk,
        recorded_at=timezone.now(),
    )
    delegated.full_clean()
    delegated.save()
    audit.record(
        "delegateddecision.taken",
        by=by,
        target=delegated,
        unit=unit,
        after={
            "delegation_text": delegated.delegation_text,
            "decided_on": decided_on,
            "registry_number": delegated.registry_number,
            "subject": delegated.subject,
        },
    )
    return delegated


@operation
def report_to_committee(
    rows: Collection[DelegatedDecision], *, by: Person, meeting_date: date, paragraph: str, registry_number: str
) -> int:
    """The nämnd was told of them at a meeting (KL 6 kap. 40 §); all of them or none."""
    require(all(rules.may_report(by, delegated) for delegated in rows))
    require_no(rules.obstacle_to_reporting_together(rows))
    for delegated in rows:
        require_no(rules.obstacle_to_reporting(delegated))
    meeting = record_decision(
        by=by,
        committee=next(iter(rows)).committee,
        meeting_date=meeting_date,
        paragraph=paragraph,
        registry_number=registry_number,
        subject=_("Anmälan av delegationsbeslut"),
    )
    for delegated in rows:
        MeetingReport.objects.create(delegated=delegated, meeting=meeting)
        audit.record(
            "delegateddecision.reported", by=by, target=delegated, unit=delegated.unit, after={"meeting": meeting}
        )
    return len(rows)


def obstacle_in(fields: dict[str, Any]) -> str | None:
    return rules.obstacle_to_delegating(
        is_delegable=fields["is_delegable"],
        role=fields.get("role", ""),
        sub_delegating_role=fields.get("sub_delegating_role", ""),
    )


def sortable(code: str) -> str:
    """So that 5.10 comes after 5.9."""
    return ".".join(part.strip().zfill(4) for part in code.split("."))[:60]
