from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.planning.leads import operations as leads
from hjulet.planning.participation import rules
from hjulet.planning.participation.models import Meeting, MeetingKind, Outcome, OutcomeKind, Participant
from hjulet.planning.participation.states import ANSWERED_WITHIN, WORKFLOW, OutcomeState
from hjulet.planning.risks.models import Risk, RiskAnalysis

UNANSWERED: dict[str, Any] = {"no_measure_reason": "", "answered_by": None, "answered_date": None}


@operation
def note_meeting(
    *,
    by: Person,
    unit: Unit,
    kind: MeetingKind,
    meeting_date: date,
    subject: str,
    summary: str = "",
    owner_person: Person | None = None,
    owner_role: str = "",
    attendance: Mapping[str, int | None] | None = None,
) -> Meeting:
    """A meeting that has been held; `attendance` as to `count_participants`."""
    require(rules.may_note(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    require_day(meeting_date)
    meeting = Meeting(
        unit=unit,
        kind=kind,
        meeting_date=meeting_date,
        subject=subject,
        summary=summary,
        owner_person=owner_person,
        owner_role=owner_role,
    )
    meeting.full_clean()
    meeting.save()
    counted = count(meeting, attendance or {})
    audit.record("meeting.noted", by=by, target=meeting, after={"subject": subject, "day": meeting_date} | counted)
    return meeting


@operation
def change_meeting(meeting: Meeting, *, by: Person, revision: int, **changes: Any) -> Meeting:
    """`changes` are fields of `MeetingForm`."""
    require(rules.may_change(by, meeting))
    require_day(changes.get("meeting_date", meeting.meeting_date))
    before, after = save_changes(meeting, revision=revision, changes=changes)
    if after:
        audit.record("meeting.changed", by=by, target=meeting, before=before, after=after)
    return meeting


@operation
def count_participants(meeting: Meeting, *, by: Person, revision: int, attendance: Mapping[str, int | None]) -> Meeting:
    """How many of each kind took part; None for a kind that nobody counted."""
    require(rules.may_change(by, meeting))
    current = locked(meeting, revision=revision)
    before = dict(meeting.attendance.values_list("kind", "number"))
    counted = count(meeting, attendance)
    changed = {kind: number for kind, number in counted.items() if before.get(kind) != number}
    if changed:
        meeting.revision = current.revision + 1
        meeting.save(update_fields=["revision"])
        was = {kind: before.get(kind) for kind in changed}
        audit.record("meeting.participants_counted", by=by, target=meeting, before=was, after=changed)
    return meeting


@operation
def note_outcome(meeting: Meeting, *, by: Person, kind: OutcomeKind, text: str) -> Outcome:
    """Something that came out of the meeting, to be answered within `ANSWERED_WITHIN`."""
    require(rules.may_change(by, meeting))
    outcome = Outcome(meeting=meeting, kind=kind, text=text, answer_by_date=last_day())
    outcome.full_clean()
    outcome.save()
    audit.record("outcome.noted", by=by, target=outcome, after={"kind": kind, "text": text})
    return outcome


@operation
def change_outcome(outcome: Outcome, *, by: Person, revision: int, **changes: Any) -> Outcome:
    require(rules.may_work_on(by, outcome))
    require_no(rules.obstacle_to_changing(locked(outcome)))
    before, after = save_changes(outcome, revision=revision, changes=changes)
    if after:
        audit.record("outcome.changed", by=by, target=outcome, before=before, after=after)
    return outcome


@operation
def plan_action_from(outcome: Outcome, *, by: Person, **given: Any) -> Action:
    """`given` as to `plan_action`, in the unit of the meeting."""
    require_open(outcome, by)
    action = leads.plan_action_from(outcome, by=by, **given)
    link(outcome, by=by)
    return action


@operation
def answer_with_action(outcome: Outcome, *, by: Person, action: Action) -> Outcome:
    require_open(outcome, by)
    leads.answer_with_action(outcome, by=by, action=action)
    link(outcome, by=by)
    return outcome


@operation
def identify_risk_from(outcome: Outcome, *, by: Person, analysis: RiskAnalysis, **given: Any) -> Risk:
    """`given` as to `identify_risk`."""
    require_open(outcome, by)
    risk = leads.identify_risk_from(outcome, by=by, analysis=analysis, **given)
    link(outcome, by=by)
    return risk


@operation
def answer_without_measure(outcome: Outcome, *, by: Person, reason: str) -> Outcome:
    """Say why nothing is done about it."""
    given = {"no_measure_reason": reason.strip(), "answered_by": by, "answered_date": timezone.localdate()}
    return make_move(outcome, "answer", by=by, reason=reason, **given)


@operation
def reopen_outcome(outcome: Outcome, *, by: Person, reason: str) -> Outcome:
    """What it has led to stays; it asks for an answer again, for as long as when it was new."""
    return make_move(outcome, "reopen", by=by, reason=reason, answer_by_date=last_day(), **UNANSWERED)


@operation
def relocate_meeting(meeting: Meeting, *, by: Person, to: Unit, day: date) -> Meeting:
    """Follows when its unit is reorganised, with what nobody has answered."""
    relocate(meeting, by=by, to=to)
    return meeting


def require_day(day: date) -> None:
    if obstacle := rules.obstacle_to_day(day):
        raise ValidationError({"meeting_date": obstacle})


def require_open(outcome: Outcome, by: Person) -> None:
    require(rules.may_work_on(by, outcome))
    require_no(rules.obstacle_to_leading(locked(outcome)))


def last_day() -> date:
    return timezone.localdate() + ANSWERED_WITHIN


def count(meeting: Meeting, attendance: Mapping[str, int | None]) -> dict[str, int | None]:
    """Write what was counted; returns it by kind. A kind that was never counted gets no row."""
    standing = {row.kind: row for row in meeting.attendance.all()}
    for kind in Participant.values:
        if kind not in attendance:
            continue
        row = standing.get(kind)
        if row is None and attendance[kind] is not None:
            meeting.attendance.create(kind=kind, number=attendance[kind])
        elif row is not None and row.number != attendance[kind]:
            row.number = attendance[kind]
            row.save(update_fields=["number"])
    return {kind: number for kind, number in attendance.items() if number is not None or kind in standing}


def link(outcome: Outcome, *, by: Person) -> None:
    """The first action or risk answers it; a further one adds to that."""
    if locked(outcome).state == OutcomeState.NEW:
        make_move(outcome, "link", by=by)


def make_move(outcome: Outcome, move: str, *, by: Person, reason: str = "", **fields: Any) -> Outcome:
    """The part all moves share: the rule, the table's word, the step and the audit event."""
    require(rules.may_work_on(by, outcome))
    require_no(rules.obstacle_to_move(outcome, move))
    before = outcome.state
    perform(outcome, WORKFLOW, move, by=by, reason=reason, **fields)
    audit.record(
        f"outcome.{move}",
        by=by,
        target=outcome,
        before={"state": before},
        after={"state": outcome.state, "reason": reason},
    )
    return outcome
