from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.organisation.decisions.operations import record_decision
from hjulet.organisation.delegations.models import Delegation
from hjulet.organisation.delegations.operations import record_delegated_decision
from hjulet.organisation.delegations.queries import authority_of
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.rulebook.processes import rules
from hjulet.rulebook.processes.filling import fill
from hjulet.rulebook.processes.models import Process, ProcessVersion
from hjulet.rulebook.processes.queries import drawn
from hjulet.rulebook.processes.states import WORKFLOW, ProcessState
from hjulet.rulebook.quality_areas.models import QualityArea

CONTENT = ("purpose", "inputs", "results", "measures")


@operation
def describe_process(
    *,
    by: Person,
    unit: Unit,
    title: str,
    quality_area: QualityArea | None = None,
    acts: Collection[str] = (),
    owner_person: Person | None = None,
    owner_role: str = "",
    next_review_date: date | None = None,
    purpose: str = "",
) -> Process:
    """A new process with an empty first version to fill."""
    require(rules.may_describe(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    process = Process(
        unit=unit,
        title=title,
        quality_area=quality_area,
        acts=list(acts),
        owner_person=owner_person,
        owner_role=owner_role,
        next_review_date=next_review_date,
    )
    process.full_clean()
    process.save()
    ProcessVersion.objects.create(process=process, purpose=purpose)
    audit.record("process.described", by=by, target=process, after={"title": title})
    return process


@operation
def change_process(process: Process, *, by: Person, revision: int, **changes: Any) -> Process:
    """What it is called, whose it is and when it is looked through; `changes` are fields of `ProcessForm`."""
    require(rules.may_change(by, process))
    before, after = save_changes(process, revision=revision, changes=changes)
    if after:
        audit.record("process.changed", by=by, target=process, before=before, after=after)
    return process


@operation
def change_version(
    version: ProcessVersion, *, by: Person, revision: int, provisions: Collection[Any], **changes: Any
) -> ProcessVersion:
    """Purpose, what goes in and what comes out; `changes` are fields of `VersionForm`."""
    require(rules.may_change(by, version.process))
    require_no(rules.obstacle_to_changing(locked(version)))
    before, after = save_changes(version, revision=revision, changes=changes)
    was, now = set(version.provisions.all()), set(provisions)
    if was != now:
        version.provisions.set(now)
        before["provisions"], after["provisions"] = sorted(map(str, was)), sorted(map(str, now))
    if after:
        audit.record("process.text_written", by=by, target=version.process, before=before, after=after)
    return version


@operation
def begin_version(process: Process, *, by: Person) -> ProcessVersion:
    """A copy of the latest to work in, while what is adopted goes on applying."""
    require(rules.may_change(by, process))
    locked(process)
    require_no(rules.obstacle_to_new_version(process.versions.all()) or obstacle_to_beginning_in(process.unit))
    earlier = process.versions.order_by("-number")[0]
    number = earlier.number + 1
    copied = {name: getattr(earlier, name) for name in (*CONTENT, "bpmn_key", "kept")}
    version = ProcessVersion.objects.create(process=process, number=number, **copied)
    version.provisions.set(earlier.provisions.all())
    fill(version, drawn(earlier), by=by, like=earlier)
    audit.record("process.revised", by=by, target=process, after={"number": number})
    return version


@operation
def send_to_review(version: ProcessVersion, *, by: Person) -> ProcessVersion:
    require(rules.may_change(by, version.process))
    return make_move(version, "send_to_review", by=by)


@operation
def take_back(version: ProcessVersion, *, by: Person, reason: str) -> ProcessVersion:
    require(rules.may_change(by, version.process) or rules.may_adopt(by, version.process))
    return make_move(version, "take_back", by=by, reason=reason)


@operation
def adopt_process(
    version: ProcessVersion,
    *,
    by: Person,
    delegation: Delegation | None = None,
    registry_number: str = "",
    next_review_date: date | None = None,
) -> ProcessVersion:
    """Adopted today by somebody whose role decides it; under a delegation the nämnd is also told."""
    require(rules.may_adopt(by, version.process))
    require_no(rules.obstacle_to_move(version, "adopt"))
    today = timezone.localdate()
    authority: dict[str, Any] = {
        "decided_by": by,
        "decided_by_name": by.signature,
        "decided_by_title": by.title,
        "decided_on": today,
    }
    if delegation is not None:
        record_delegated_decision(
            by=by,
            delegation=delegation,
            unit=version.process.unit,
            decided_on=today,
            subject=_("Fastställande av processen %(title)s") % {"title": version.process.title},
            registry_number=registry_number,
            target=version.process,
        )
        authority |= authority_of(delegation, by)
    return bring_into_force(version, by=by, next_review_date=next_review_date, adopted_date=today, **authority)


@operation
def record_adoption(
    version: ProcessVersion,
    *,
    by: Person,
    meeting_date: date,
    paragraph: str,
    registry_number: str,
    next_review_date: date | None = None,
) -> ProcessVersion:
    """The nämnd has adopted it itself."""
    committee = version.process.unit.committee
    require(rules.may_record_adoption(by, version.process))
    require_no(rules.obstacle_to_move(version, "adopt"))
    decision = record_decision(
        by=by,
        committee=committee or version.process.unit,
        meeting_date=meeting_date,
        paragraph=paragraph,
        registry_number=registry_number,
        subject=_("Fastställande av processen %(title)s") % {"title": version.process.title},
    )
    return bring_into_force(
        version, by=by, next_review_date=next_review_date, adopted_date=meeting_date, decision=decision
    )


def bring_into_force(
    version: ProcessVersion, *, by: Person, next_review_date: date | None, **fields: Any
) -> ProcessVersion:
    """The version before it is superseded on the same day: there is always one that applies, and never two."""
    process = version.process
    for earlier in process.versions.filter(state=ProcessState.ADOPTED):
        perform(earlier, WORKFLOW, "supersede", by=by, ended_date=timezone.localdate())
    make_move(version, "adopt", by=by, **fields)
    if next_review_date is not None:
        revision = locked(process).revision
        save_changes(process, revision=revision, changes={"next_review_date": next_review_date})
    return version


@operation
def withdraw_process(version: ProcessVersion, *, by: Person, reason: str) -> ProcessVersion:
    require(rules.may_adopt(by, version.process))
    return make_move(version, "withdraw", by=by, reason=reason, ended_date=timezone.localdate())


@operation
def relocate_process(process: Process, *, by: Person, to: Unit, day: date) -> Process:
    """Follows when its unit is reorganised."""
    relocate(process, by=by, to=to)
    return process


def make_move(version: ProcessVersion, move: str, *, by: Person, reason: str = "", **fields: Any) -> ProcessVersion:
    """The part all moves share: the table's word, the step and the audit event."""
    before = version.state
    require_no(rules.obstacle_to_move(version, move))
    perform(version, WORKFLOW, move, by=by, reason=reason, **fields)
    audit.record(
        f"process.{move}",
        by=by,
        target=version.process,
        before={"state": before},
        after={"state": version.state, "number": version.number, "reason": reason},
    )
    return version
