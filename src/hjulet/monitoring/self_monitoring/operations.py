from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.actions.operations import plan_action
from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, locked, operation, require, require_no, save_changes
from hjulet.monitoring import occasions
from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.self_monitoring import rules
from hjulet.monitoring.self_monitoring.models import Control, Occurrence, ResultKind
from hjulet.monitoring.self_monitoring.outcomes import told
from hjulet.monitoring.self_monitoring.periods import Period, missing
from hjulet.monitoring.self_monitoring.queries import untouched
from hjulet.monitoring.self_monitoring.results import RECORDED, require_result
from hjulet.monitoring.self_monitoring.states import WORKFLOW, OccurrenceState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.rulebook.models import QualityArea


@operation
def plan_control(
    *,
    by: Person,
    unit: Unit,
    title: str,
    method: str,
    frequency: Frequency,
    starts_date: date,
    ends_date: date,
    result_kind: ResultKind,
    requirement: str = "",
    purpose: str = "",
    quality_area: QualityArea | None = None,
    owner_person: Person | None = None,
    owner_role: str = "",
    comparator: str = "",
    target: Decimal | None = None,
    measure: str = "",
) -> Control:
    """Plan a control with its occurrences to the end of next year; the clock adds later ones. A share is in %."""
    require(rules.may_plan(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    control = Control(
        unit=unit,
        title=title,
        requirement=requirement,
        purpose=purpose,
        method=method,
        quality_area=quality_area,
        frequency=frequency,
        starts_date=starts_date,
        ends_date=ends_date,
        result_kind=result_kind,
        comparator=comparator,
        target=target,
        measure="%" if result_kind == ResultKind.SHARE else measure,
        owner_person=owner_person,
        owner_role=owner_role,
    )
    control.full_clean()
    control.save()
    planned = plan_occurrences(control, day=timezone.localdate())
    audit.record(
        "control.planned", by=by, target=control, after={"title": title, "frequency": frequency, "periods": planned}
    )
    return control


@operation
def change_control(control: Control, *, by: Person, revision: int, **changes: Any) -> Control:
    """Change the plan; `changes` are fields of `ControlForm`. Another calendar replans what is still to come."""
    require(rules.may_change(by, control))
    require_no(rules.obstacle_to_changing(control))
    if changes.get("result_kind", control.result_kind) == ResultKind.SHARE and "measure" in changes:
        changes["measure"] = "%"
    for name in ("result_kind", "measure"):
        if changes.get(name, getattr(control, name)) != getattr(control, name):
            require_same_measure(control, name)
    before, after = save_changes(control, revision=revision, changes=changes)
    if after.keys() & {"frequency", "starts_date", "ends_date"}:
        after["periods"] = plan_occurrences(control, day=timezone.localdate())
    if after:
        audit.record("control.changed", by=by, target=control, before=before, after=after)
    return control


@operation
def change_controls(*, rows: list[Control], by: Person, **changes: Any) -> int:
    """The same change of several, by the same rules as of one: all of them or none."""
    return for_each(rows, lambda control: change_control(control, by=by, revision=control.revision, **changes))


def require_same_measure(control: Control, name: str) -> None:
    if obstacle := rules.obstacle_to_changing_what_is_measured(control):
        raise ValidationError({name: obstacle})


@operation
def stop_control(control: Control, *, by: Person, reason: str, ends_date: date) -> Control:
    """End the control early. What was missed until today stays missed; only what is to come falls away."""
    require(rules.may_change(by, control))
    require_no(rules.obstacle_to_stopping(control))
    first, last = max(timezone.localdate(), control.starts_date), control.ends_date
    if not first <= ends_date <= last:
        raise ValidationError(
            {"ends_date": _("Välj en dag från %(first)s till %(last)s.") % {"first": first, "last": last}}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv en orsak.")})
    control.ends_date, control.stopped_reason = ends_date, reason.strip()
    control.revision += 1
    control.save(update_fields=["ends_date", "stopped_reason", "revision"])
    periods = plan_occurrences(control, day=timezone.localdate())
    audit.record(
        "control.stopped",
        by=by,
        target=control,
        before={"ends_date": last},
        after={"ends_date": ends_date, "reason": reason, "periods": periods},
    )
    return control


@operation
def relocate_control(control: Control, *, by: Person, to: Unit, day: date) -> Control:
    """Follows when its unit is reorganised, with what is still to be done; what has been done was done where it was."""
    control.occurrences.filter(state=OccurrenceState.DONE, done_in=None).update(done_in=control.unit)
    relocate(control, by=by, to=to)
    control.occurrences.update(control_unit=to)
    return control


@operation
def create_due_occurrences(*, by: Person, day: date) -> int:
    """Plan what the passing of time has brought within sight of `day`; returns how many occurrences came.

    Run by the clock every night. A night or a month without it loses nothing: what is missing is counted from what is
    there, not from when it last ran.
    """
    require(by.is_machine)
    last = horizon(day)
    behind = (
        Control.objects.annotate(planned_to=Max("occurrences__period_end"))
        .filter(starts_date__lte=last)
        .filter(Q(planned_to=None) | Q(planned_to__lt=F("ends_date")) & Q(planned_to__lt=last))
    )
    count = 0
    for control in behind.select_related("frequency").order_by("pk"):
        periods = plan_occurrences(locked(control), day=day)
        audit.record("control.occurrences_planned", by=by, target=control, after={"periods": periods})
        count += len(periods)
    return count


def horizon(day: date) -> date:
    """The end of next year: as far ahead as occurrences are planned."""
    return date(day.year + 1, 12, 31)


def plan_occurrences(control: Control, *, day: date) -> list[str]:
    """Make the plan ahead of `day` follow the control's calendar; returns the periods that are new.

    What is done, set aside, missed, commented on or has a history stays as it is, and the rest of the time is cut
    anew around it.
    """
    upcoming = {Period(row.period_start, row.period_end): row for row in untouched(control, day=day)}
    there = {Period(*ends) for ends in control.occurrences.values_list("period_start", "period_end")}
    last = min(control.ends_date, max(horizon(day), date(control.starts_date.year, 12, 31)))
    wanted = set(missing(control.frequency.months, there - upcoming.keys(), control.starts_date, last))
    for period in upcoming.keys() - wanted:
        upcoming[period].delete()
    new = sorted(wanted - upcoming.keys())
    # Asked now and held: the control may have gone on in another unit since it was read.
    unit = Control.objects.select_for_update().values_list("unit", flat=True).get(pk=control.pk)
    of_it = {"control": control, "control_unit_id": unit}
    Occurrence.objects.bulk_create(
        Occurrence(**of_it, period_start=part.start, period_end=part.end, due_date=part.end) for part in new
    )
    return [f"{part.start}–{part.end}" for part in new]


@operation
def record_result(
    occurrence: Occurrence,
    *,
    by: Person,
    revision: int,
    done_date: date,
    checked_count: int | None = None,
    fulfilled_count: int | None = None,
    is_census: bool = False,
    value: Decimal | None = None,
    judgement: str = "",
    evidence: str = "",
    finding: str = "",
) -> Occurrence:
    """Enter what the control showed, in the fields its kind of result asks for; ValidationError names the wrong ones.

    A control that goes on continuously has one occurrence for the year. A result before the year is over ends that
    occurrence on the day it was done, and the rest of the year becomes the next one.
    """
    require_move(occurrence, "record", by)
    control = occurrence.control
    result: dict[str, Any] = {
        "checked_count": checked_count,
        "fulfilled_count": fulfilled_count,
        "is_census": is_census,
        "value": value,
        "judgement": judgement,
        "done_date": done_date,
        "evidence": evidence,
        "finding": finding,
    }
    require_result(occurrence, result)
    fields = result | {"done_by": by, "comparator": control.comparator, "target": control.target}
    ends_here = control.frequency.months is None and done_date < occurrence.period_end
    if ends_here:
        fields |= {"period_end": done_date, "due_date": done_date}
    make_move(occurrence, "record", by=by, revision=revision, **fields)
    if ends_here:
        plan_occurrences(control, day=timezone.localdate())
    return occurrence


@operation
def correct_result(occurrence: Occurrence, *, by: Person, revision: int, reason: str, **result: Any) -> Occurrence:
    """Put a recorded result right; `result` as in `record_result`, and what is not given stays as it was.

    What it said before and says now stands in the history, and exactly in the audit log.
    """
    require_move(occurrence, "correct", by)
    standing = locked(occurrence, revision=revision)
    recorded = {name: getattr(standing, name) for name in RECORDED}
    require_result(standing, recorded | result)
    changes = {name: value for name, value in result.items() if recorded[name] != value}
    if not changes:
        raise ValidationError(_("Inget i resultatet är ändrat."))
    was = told(standing, exactly=False)
    for name, value in changes.items():
        setattr(standing, name, value)
    now = told(standing, exactly=False)
    lines = [f"{key}: {was.get(key, '–')} → {now.get(key, '–')}" for key in was | now if was.get(key) != now.get(key)]
    reason = reason.strip() and "\n".join([reason.strip(), *lines])
    return make_move(occurrence, "correct", by=by, revision=revision, reason=reason, **changes)


@operation
def set_aside(occurrence: Occurrence, *, by: Person, reason: str) -> Occurrence:
    """Say why the control is not applicable this time."""
    require_move(occurrence, "set_aside", by)
    return make_move(occurrence, "set_aside", by=by, reason=reason)


@operation
def set_aside_many(*, rows: list[Occurrence], by: Person, reason: str) -> int:
    """The same reason for several, by the same rules as for one: all of them or none."""
    return for_each(rows, lambda occurrence: set_aside(occurrence, by=by, reason=reason))


@operation
def restore(occurrence: Occurrence, *, by: Person, reason: str) -> Occurrence:
    require_move(occurrence, "restore", by)
    return make_move(occurrence, "restore", by=by, reason=reason)


def require_move(occurrence: Occurrence, move: str, by: Person) -> None:
    require(rules.may_record(by, occurrence))
    require_no(rules.obstacle_to_move(occurrence, move))


def make_move(occurrence: Occurrence, move: str, *, by: Person, **given: Any) -> Occurrence:
    return occasions.make_move(occurrence, WORKFLOW, move, called="occurrence", by=by, **given)


@operation
def plan_action_from(occurrence: Occurrence, *, by: Person, **given: Any) -> Action:
    """Answer what the control found with an action; `given` as to `plan_action`, in the control's unit unless told."""
    require(rules.may_plan_action_from(by, occurrence))
    require_no(rules.obstacle_to_planning_action(occurrence))
    action = plan_action(by=by, **{"unit": occurrence.control.unit} | given)
    occurrence.actions.add(action)
    audit.record("occurrence.action_planned", by=by, target=occurrence, after={"action": action})
    return action
