from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions import rules
from hjulet.actions.models import Action, ActionType, Effect, EffectCheck, ProgressNote
from hjulet.actions.notices import tell_owner
from hjulet.actions.states import WORKFLOW
from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.collaboration.secrecy.rules import obstacle_to_owner
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in


@operation
def plan_action(
    *,
    by: Person,
    unit: Unit,
    title: str,
    description: str,
    type: ActionType | None = None,
    owner_person: Person | None = None,
    owner_role: str = "",
    due_date: date | None = None,
    effect_due_date: date | None = None,
) -> Action:
    require(rules.may_plan(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    action = Action(
        unit=unit,
        title=title,
        description=description,
        type=type,
        owner_person=owner_person,
        owner_role=owner_role,
        due_date=due_date,
        effect_due_date=effect_due_date,
    )
    action.full_clean()
    action.save()
    audit.record("action.planned", by=by, target=action, after={"title": title, "due_date": due_date})
    tell_owner(action, by=by)
    return action


@operation
def change_action(action: Action, *, by: Person, revision: int, **changes: Any) -> Action:
    """Change what is to be done, by whom or when; `changes` are fields of `ActionForm`."""
    require(rules.may_change(by, action))
    require_no(rules.obstacle_to_changing(action))
    before, after = save_changes(action, revision=revision, changes=changes)
    if after:
        audit.record("action.changed", by=by, target=action, before=before, after=after)
    if action.is_secret:
        require_no(obstacle_to_owner(action))
    if after.keys() & {"owner_person", "owner_role"}:
        tell_owner(action, by=by)
    return action


@operation
def change_actions(*, rows: list[Action], by: Person, **changes: Any) -> int:
    """The same change of several, by the same rules as of one: all of them or none."""
    return for_each(rows, lambda action: change_action(action, by=by, revision=action.revision, **changes))


@operation
def note_progress(action: Action, *, by: Person, text: str) -> ProgressNote:
    require(rules.may_work_on(by, action))
    require_no(rules.obstacle_to_noting_progress(action))
    note = ProgressNote(action=action, text=text, by=by, at=timezone.now())
    note.full_clean()
    note.save()
    audit.record("action.progress_noted", by=by, target=action, after={"text": text})
    return note


@operation
def start_action(action: Action, *, by: Person) -> Action:
    return make_move(action, "start", by=by)


@operation
def hinder_action(action: Action, *, by: Person, reason: str) -> Action:
    return make_move(action, "hinder", by=by, reason=reason)


@operation
def resume_action(action: Action, *, by: Person) -> Action:
    return make_move(action, "resume", by=by)


@operation
def complete_action(action: Action, *, by: Person, result: str, completed_date: date) -> Action:
    require(rules.may_work_on(by, action))
    require_no(rules.obstacle_to_move(action, "complete"))
    if completed_date > timezone.localdate():
        raise ValidationError({"completed_date": _("Åtgärden kan inte vara genomförd en dag som inte har varit.")})
    if not result.strip():
        raise ValidationError({"result": _("Skriv vad åtgärden ledde till.")})
    return make_move(action, "complete", by=by, reason=result, result=result.strip(), completed_date=completed_date)


@operation
def reopen_action(action: Action, *, by: Person, reason: str) -> Action:
    return make_move(action, "reopen", by=by, reason=reason)


@operation
def check_effect(action: Action, *, by: Person, effect: Effect, evidence: str, checked_date: date) -> EffectCheck:
    require(rules.may_work_on(by, action))
    require_no(rules.obstacle_to_checking_effect(action))
    if not (action.completed_date and action.completed_date <= checked_date <= timezone.localdate()):
        raise ValidationError({"checked_date": _("Välj en dag från det att åtgärden var genomförd till i dag.")})
    check = EffectCheck(
        action=action,
        effect=effect,
        evidence=evidence,
        checked_date=checked_date,
        checked_by=by,
        recorded_at=timezone.now(),
    )
    check.full_clean()
    check.save()
    audit.record("action.effect_checked", by=by, target=action, after={"effect": effect, "evidence": evidence})
    return check


@operation
def close_action(action: Action, *, by: Person) -> Action:
    return make_move(action, "close", by=by, ended_date=timezone.localdate())


@operation
def cancel_action(action: Action, *, by: Person, reason: str) -> Action:
    return make_move(action, "cancel", by=by, reason=reason, ended_date=timezone.localdate())


@operation
def relocate_action(action: Action, *, by: Person, to: Unit, day: date) -> Action:
    """Follows when its unit is reorganised."""
    relocate(action, by=by, to=to)
    return action


def make_move(action: Action, move: str, *, by: Person, reason: str = "", **fields: Any) -> Action:
    """The part all moves share: the rule, the table's word, the step and the audit event."""
    before = action.state
    require(rules.may_work_on(by, action))
    require_no(rules.obstacle_to_move(action, move))
    perform(action, WORKFLOW, move, by=by, reason=reason, **fields)
    audit.record(
        f"action.{move}",
        by=by,
        target=action,
        before={"state": before},
        after={"state": action.state, "reason": reason},
    )
    return action
