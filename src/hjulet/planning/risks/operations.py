from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions import operations as actions
from hjulet.actions.models import Action
from hjulet.audit import operations as audit
from hjulet.base.operations import Refused, for_each, locked, operation, require, require_no, save_changes
from hjulet.monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring import operations as self_monitoring
from hjulet.organisation.models import Person
from hjulet.planning.goals.models import Goal
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks import rules
from hjulet.planning.risks.models import Assessment, Change, Occasion, OperationalArea, Risk, RiskAnalysis, RiskSource
from hjulet.planning.risks.numbering import next_number
from hjulet.planning.risks.queries import present_assessments
from hjulet.rulebook.models import QualityArea


@operation
def identify_risk(
    *,
    by: Person,
    analysis: RiskAnalysis,
    title: str,
    deficiency: str,
    quality_area: QualityArea,
    goal: Goal | None = None,
    consequence: str = "",
    laws: Sequence[str] = (),
    operational_area: OperationalArea | None = None,
    source: RiskSource | None = None,
    source_note: str = "",
    responsible_role: str = "",
    occurrence: Occurrence | None = None,
    number: tuple[int, int] | None = None,
) -> Risk:
    """`number` is for an import, where the document has numbered its risks; others are given the next."""
    require(rules.may_edit(by, analysis.unit))
    require_no(rules.obstacle_to_identifying(locked(analysis)))
    require_goal(goal, analysis)
    area_number, ordinal = number or next_number(analysis, goal=goal, quality_area=quality_area)
    risk = Risk(
        analysis=analysis,
        year=analysis.year,
        area_number=area_number,
        ordinal=ordinal,
        title=title,
        deficiency=deficiency,
        consequence=consequence,
        quality_area=quality_area,
        goal=goal,
        laws=list(laws),
        operational_area=operational_area,
        source=source,
        source_note=source_note,
        responsible_role=responsible_role,
        occurrence=occurrence,
    )
    risk.full_clean()
    risk.save()
    record("risk.identified", by=by, risk=risk, after={"number": risk.number, "title": title, "deficiency": deficiency})
    return risk


@operation
def change_risk(
    risk: Risk, *, by: Person, revision: int, number: tuple[int, int] | None = None, **changes: Any
) -> Risk:
    """Change fields of `RiskForm`. Another goal or area gives a new number, or `number`: an import keeps its own."""
    require(rules.may_work_on(by, risk))
    require_no(rules.obstacle_to_describing(locked(risk.analysis)))
    current = locked(risk, revision=revision)
    goal, quality_area = changes.get("goal", current.goal), changes.get("quality_area", current.quality_area)
    if (goal, quality_area) != (current.goal, current.quality_area):
        require_goal(goal, risk.analysis)
        area_number, ordinal = number or next_number(risk.analysis, goal=goal, quality_area=quality_area)
        changes |= {"area_number": area_number, "ordinal": ordinal}
    before, after = save_changes(risk, revision=revision, changes=changes)
    if after:
        record("risk.changed", by=by, risk=risk, before=before, after=after)
    return risk


@operation
def change_risks(*, rows: list[Risk], by: Person, **changes: Any) -> int:
    """The same change of several, by the same rules as of one: all of them or none."""
    return for_each(rows, lambda risk: change_risk(risk, by=by, revision=risk.revision, **changes))


@operation
def mark_change(risk: Risk, *, by: Person, change: Change, reason: str) -> Risk:
    """Say what became of the risk since last year; changed and gone need a reason."""
    require(rules.may_work_on(by, risk))
    locked(risk)
    require_no(rules.obstacle_to_marking(risk, change))
    before = {"change": risk.change, "reason": risk.change_reason}
    risk.change, risk.change_reason = change, reason.strip()
    risk.full_clean()
    risk.save(update_fields=["change", "change_reason"])
    record("risk.change_marked", by=by, risk=risk, before=before, after={"change": change, "reason": reason})
    return risk


@operation
def mark_changes(*, rows: list[Risk], by: Person, change: Change, reason: str) -> int:
    """The same of several, by the same rules as of one: all of them or none."""
    return for_each(rows, lambda risk: mark_change(risk, by=by, change=change, reason=reason))


@operation
def assess_risk(
    risk: Risk,
    *,
    by: Person,
    occasion: Occasion,
    assessed_date: date,
    probability: int,
    severity: int,
    reason: str = "",
    participants: str = "",
) -> Assessment:
    """Judge the risk on the matrix of its analysis. The latest day decides what the risk is now; a target does not."""
    require(rules.may_work_on(by, risk))
    locked(risk)
    risk.refresh_from_db()
    require_no(rules.obstacle_to_assessing(risk, occasion))
    if assessed_date > timezone.localdate():
        raise ValidationError({"assessed_date": _("Risken kan inte vara bedömd en dag som inte har varit.")})
    cell = risk.analysis.matrix.cells.filter(probability=probability, severity=severity).first()
    if cell is None:
        raise ValidationError(_("Sannolikhet och allvarlighetsgrad ska vara 1, 2, 3 eller 4."))
    assessment = Assessment(
        risk=risk,
        occasion=occasion,
        assessed_date=assessed_date,
        probability=probability,
        severity=severity,
        band=cell.band,
        reason=reason,
        assessor=by,
        participants=participants,
        recorded_at=timezone.now(),
    )
    assessment.full_clean()
    assessment.save()
    stand_at_latest(risk)
    record(
        "risk.assessed",
        by=by,
        risk=risk,
        after={"occasion": occasion, "date": assessed_date, "level": assessment.level},
    )
    return assessment


@operation
def analyse_deeper(risk: Risk, *, by: Person, text: str, revision: int | None = None) -> Risk:
    """Write why the risk is there and what would help. `revision` is the one the person saw, when a person did."""
    require(rules.may_work_on(by, risk))
    require_no(rules.obstacle_to_working_on(risk))
    if not text.strip():
        raise ValidationError({"text": _("Skriv varför risken finns och vad som skulle hjälpa.")})
    before, after = save_changes(
        risk, revision=revision or locked(risk).revision, changes={"deeper_analysis": text.strip()}
    )
    if after:
        record("risk.analysed_deeper", by=by, risk=risk, before=before, after=after)
    return risk


@operation
def accept_risk(risk: Risk, *, by: Person, reason: str, until: date) -> Risk:
    """Live with a green risk for a time, in one's own name."""
    require(rules.may_accept(by, risk))
    locked(risk)
    risk.refresh_from_db()
    require_no(rules.obstacle_to_accepting(risk))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför risken kan accepteras.")})
    if until < timezone.localdate():
        raise ValidationError({"until": _("Välj en dag från och med i dag.")})
    risk.accepted_reason, risk.accepted_by, risk.accepted_until = reason.strip(), by, until
    risk.save(update_fields=["accepted_reason", "accepted_by", "accepted_until"])
    record("risk.accepted", by=by, risk=risk, after={"reason": reason, "until": until})
    return risk


@operation
def withdraw_acceptance(risk: Risk, *, by: Person, reason: str) -> Risk:
    require(rules.may_accept(by, risk))
    locked(risk)
    require_no(rules.obstacle_to_withdrawing_acceptance(risk))
    require_reason(reason)
    before = end_acceptance(risk)
    record("risk.acceptance_withdrawn", by=by, risk=risk, before=before, after={"reason": reason})
    return risk


@operation
def answer_with_action(risk: Risk, *, by: Person, action: Action) -> Risk:
    """Let an action that is there already answer this risk too."""
    return link(risk, "answered_with_action", by=by, action=action)


@operation
def plan_action_for(risk: Risk, *, by: Person, **plan: Any) -> Action:
    """Plan a new action as an answer to the risk; `plan` is what `plan_action` takes."""
    action = actions.plan_action(by=by, **plan)
    link(risk, "answered_with_action", by=by, action=action)
    return action


@operation
def remove_action(risk: Risk, *, by: Person, action: Action, reason: str) -> Risk:
    """The action no longer answers this risk; it lives on by itself."""
    return unlink(risk, by=by, reason=reason, action=action)


@operation
def check_with_control(risk: Risk, *, by: Person, control: Control) -> Risk:
    """Let a control that is there already show whether this risk has been dealt with."""
    return link(risk, "checked_with_control", by=by, control=control)


@operation
def plan_control_for(risk: Risk, *, by: Person, **plan: Any) -> Control:
    """Plan a new control that shows whether the risk has been dealt with; `plan` is what `plan_control` takes."""
    control = self_monitoring.plan_control(by=by, **{"quality_area": risk.quality_area} | plan)
    link(risk, "checked_with_control", by=by, control=control)
    return control


@operation
def remove_control(risk: Risk, *, by: Person, control: Control, reason: str) -> Risk:
    """The control no longer checks this risk; it goes on by itself."""
    return unlink(risk, by=by, reason=reason, control=control)


def link(risk: Risk, verb: str, *, by: Person, **answer: Action | Control) -> Risk:
    """What linking an action and a control have in common: seen by the person, of the same nämnd, linked once."""
    ((what, row),) = answer.items()
    seen = type(row).objects.visible_to(by).filter(pk=row.pk)
    require(rules.may_work_on(by, risk) and seen.exists())
    require_no(rules.obstacle_to_answering(risk, row.unit))
    linked = getattr(risk, f"{what}s")
    if not linked.filter(pk=row.pk).exists():
        linked.add(row)
        record(f"risk.{verb}", by=by, risk=risk, after=answer)
    return risk


def unlink(risk: Risk, *, by: Person, reason: str, **answer: Action | Control) -> Risk:
    ((what, row),) = answer.items()
    require(rules.may_work_on(by, risk))
    require_reason(reason)
    getattr(risk, f"{what}s").remove(row)
    record(f"risk.{what}_removed", by=by, risk=risk, before=answer, after={"reason": reason})
    return risk


def stand_at_latest(risk: Risk) -> None:
    """Let the risk repeat its latest assessment and the scores before it; what is no longer green is not accepted."""
    latest, *before = present_assessments(risk)[:2]
    earlier = before[0] if before else None
    risk.probability, risk.severity, risk.band = latest.probability, latest.severity, latest.band
    risk.assessed_date = latest.assessed_date
    risk.earlier_probability = earlier.probability if earlier else None
    risk.earlier_severity = earlier.severity if earlier else None
    if risk.accepted_until and not risk.is_in_band(Tone.GREEN):
        end_acceptance(risk)
    risk.save()


def end_acceptance(risk: Risk) -> dict:
    """Clear the acceptance; returns what it was."""
    before = {"reason": risk.accepted_reason, "by": risk.accepted_by, "until": risk.accepted_until}
    risk.accepted_reason, risk.accepted_by, risk.accepted_until = "", None, None
    risk.save(update_fields=["accepted_reason", "accepted_by", "accepted_until"])
    return before


def require_goal(goal: Goal | None, analysis: RiskAnalysis) -> None:
    if obstacle := rules.obstacle_to_goal(goal, analysis.unit):
        raise ValidationError({"goal": obstacle})


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Skriv en orsak."))


def record(verb: str, *, by: Person, risk: Risk, before: dict | None = None, after: dict | None = None) -> None:
    """The event belongs to the unit of the analysis."""
    audit.record(verb, by=by, target=risk, before=before, after=after, unit=risk.analysis.unit)
