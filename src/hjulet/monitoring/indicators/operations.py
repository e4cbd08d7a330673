from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import for_each, locked, operation, require, require_no, save_changes
from hjulet.monitoring.indicators import rules
from hjulet.monitoring.indicators.measurements.operations import lay_out
from hjulet.monitoring.indicators.models import SHARED, Indicator, IndicatorTarget, IndicatorTemplate, MeasuredUnit
from hjulet.monitoring.indicators.outcomes import target_in_words
from hjulet.monitoring.indicators.scales import measure_of
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.rulebook.models import Process

DAY = timedelta(days=1)
WHAT_IS_MEASURED = ("kind", "scale_steps", "measure", "direction")


@operation
def define_indicator(
    *,
    by: Person,
    unit: Unit,
    name: str,
    first_valid_date: date,
    measured_in: Iterable[Unit] = (),
    template: IndicatorTemplate | None = None,
    owner_person: Person | None = None,
    owner_role: str = "",
    **said: Any,
) -> Indicator:
    """A new indicator; `said` are the fields of `IndicatorBase`. Measured in its own unit unless others are named.

    Its measurements are laid out to the end of next year; the clock adds later ones.
    """
    require(rules.may_define(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    indicator = Indicator(
        unit=unit,
        name=name,
        first_valid_date=first_valid_date,
        template=template,
        owner_person=owner_person,
        owner_role=owner_role,
        **said,
    )
    indicator.measure = measure_of(indicator.kind, indicator.scale_steps, indicator.measure)
    indicator.full_clean()
    indicator.save()
    places = list(measured_in) or [unit]
    require_places(indicator, places)
    for place in places:
        MeasuredUnit.objects.create(indicator=indicator, unit=place, since_date=timezone.localdate())
    periods = lay_out(indicator, by=by, day=timezone.localdate())
    audit.record(
        "indicator.defined",
        by=by,
        target=indicator,
        after={"name": name, "measured_in": [str(place) for place in places], "periods": periods},
    )
    return indicator


@operation
def define_from_templates(*, by: Person, unit: Unit, templates: Sequence[IndicatorTemplate]) -> list[Indicator]:
    """Take each template in where it is not in use already, from the first day of this year, with its target if any."""
    require(rules.may_define(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    there = set(Indicator.objects.in_use().filter(unit=unit).values_list("template_id", flat=True))
    return [define_from(template, unit, by=by) for template in templates if template.pk not in there]


def define_from(template: IndicatorTemplate, unit: Unit, *, by: Person) -> Indicator:
    first = date(timezone.localdate().year, 1, 1)
    indicator = define_indicator(
        by=by,
        unit=unit,
        template=template,
        name=template.name,
        first_valid_date=first,
        owner_role=template.owner_role,
        **{field: getattr(template, field) for field in SHARED},
    )
    if template.target is not None:
        set_target(indicator, by=by, valid_from=first, value=template.target, measure=template.target_measure)
    return indicator


@operation
def change_indicator(indicator: Indicator, *, by: Person, revision: int, **changes: Any) -> Indicator:
    """Change what it says; `changes` are fields of `IndicatorForm`. Another calendar lays out anew what is to come."""
    require(rules.may_change(by, indicator))
    require_no(rules.obstacle_to_changing(indicator))
    places = changes.pop("measured_in", None)
    standing = {field: changes.get(field, getattr(indicator, field)) for field in ("kind", "scale_steps", "measure")}
    changes["measure"] = measure_of(standing["kind"], standing["scale_steps"], standing["measure"])
    for field in WHAT_IS_MEASURED:
        if changes.get(field, getattr(indicator, field)) != getattr(indicator, field):
            require_same_measure(indicator, field)
    before, after = save_changes(indicator, revision=revision, changes=changes)
    if places is not None:
        after |= measure_in(indicator, list(places))
    if after.keys() & {"frequency", "first_valid_date", "lag_days", "measured_in"}:
        after["periods"] = lay_out(indicator, by=by, day=timezone.localdate())
    if after:
        audit.record("indicator.changed", by=by, target=indicator, before=before, after=after)
    return indicator


@operation
def change_indicators(*, rows: list[Indicator], by: Person, **changes: Any) -> int:
    """The same change of several, by the same rules as of one: all of them or none."""
    return for_each(rows, lambda row: change_indicator(row, by=by, revision=row.revision, **changes))


def require_same_measure(indicator: Indicator, field: str) -> None:
    if obstacle := rules.obstacle_to_changing_what_is_measured(indicator):
        raise ValidationError({field: obstacle})


def require_places(indicator: Indicator, places: list[Unit]) -> None:
    obstacles = filter(None, (rules.obstacle_to_measuring_in(indicator.unit, place) for place in places))
    if obstacle := next(obstacles, None):
        raise ValidationError({"measured_in": obstacle})


def measure_in(indicator: Indicator, units: list[Unit]) -> dict[str, list[str]]:
    """Let it be measured in these units and no others; what was measured elsewhere stays. Returns what is new."""
    if not units:
        raise ValidationError({"measured_in": _("Välj minst en enhet.")})
    require_places(indicator, units)
    there = {place.unit_id: place for place in indicator.places.all()}
    if there.keys() == {unit.pk for unit in units}:
        return {}
    for unit in units:
        if unit.pk not in there:
            MeasuredUnit.objects.create(indicator=indicator, unit=unit, since_date=timezone.localdate())
    indicator.places.exclude(unit__in=units).delete()
    indicator.revision += 1
    indicator.save(update_fields=["revision"])
    return {"measured_in": [str(unit) for unit in units]}


@operation
def withdraw_indicator(indicator: Indicator, *, by: Person, reason: str) -> Indicator:
    """It is measured no longer. What was measured, or missed until today, stays; what was to come falls away."""
    require(rules.may_change(by, indicator))
    require_no(rules.obstacle_to_changing(locked(indicator)))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför nyckeltalet upphävs.")})
    changes = {"withdrawn_date": timezone.localdate(), "withdrawn_by": by, "withdrawn_reason": reason.strip()}
    save_changes(indicator, revision=locked(indicator).revision, changes=changes)
    lay_out(indicator, by=by, day=timezone.localdate())
    audit.record("indicator.withdrawn", by=by, target=indicator, after={"reason": reason})
    return indicator


@operation
def confirm_indicator(indicator: Indicator, *, by: Person) -> Indicator:
    """Somebody has read the definition and asked whether it is still the right thing to measure."""
    require(rules.may_change(by, indicator))
    require_no(rules.obstacle_to_changing(indicator))
    before = {"last_reviewed_date": indicator.last_reviewed_date}
    changes = {"last_reviewed_date": timezone.localdate()}
    save_changes(indicator, revision=locked(indicator).revision, changes=changes)
    audit.record("indicator.reviewed", by=by, target=indicator, before=before, after=changes)
    return indicator


@operation
def set_target(
    indicator: Indicator,
    *,
    by: Person,
    valid_from: date,
    value: Decimal,
    measure: str,
    upper: Decimal | None = None,
    valid_to: date | None = None,
    tolerance: Decimal | None = None,
    decision: str = "",
) -> IndicatorTarget:
    """What is good enough from a day on. The target before it ends the day before; what was judged by that stays so."""
    require(rules.may_change(by, indicator))
    require_no(rules.obstacle_to_setting_target(indicator))
    standing = list(indicator.targets.select_for_update())
    refused = {
        "measure": rules.obstacle_to_measure(indicator, measure),
        "value": rules.obstacle_to_figure(indicator, value),
        "upper": upper is not None and rules.obstacle_to_figure(indicator, upper),
        "valid_from": rules.obstacle_to_beginning_on(indicator, valid_from, standing),
    }
    if errors := {field: obstacle for field, obstacle in refused.items() if obstacle}:
        raise ValidationError(errors)
    target = IndicatorTarget(
        indicator=indicator,
        operator=rules.operator_of(indicator),
        value=value,
        upper=upper,
        measure=measure,
        tolerance=tolerance,
        valid_from=valid_from,
        valid_to=valid_to,
        decision=decision.strip(),
        set_by=by,
    )
    target.full_clean()
    for earlier in standing:
        if earlier.valid_to is None or earlier.valid_to >= valid_from:
            earlier.valid_to = valid_from - DAY
            earlier.save(update_fields=["valid_to"])
    target.save()
    after = {"target": target_in_words(target), "valid_from": valid_from, "valid_to": valid_to, "decision": decision}
    audit.record("indicator.target_set", by=by, target=indicator, after=after)
    return target


@operation
def end_target(target: IndicatorTarget, *, by: Person, last_date: date, reason: str) -> IndicatorTarget:
    """It holds no longer, or never did when the last day is the one before its first."""
    require(rules.may_change(by, target.indicator))
    require_no(rules.obstacle_to_changing(target.indicator))
    judged = target.indicator.measurements.filter(target=target).aggregate(last=Max("period_end"))["last"]
    obstacle = rules.obstacle_to_ending(target, last_date, judged)
    if obstacle or last_date < target.valid_from - DAY:
        earliest = {"day": target.valid_from - DAY}
        raise ValidationError({"last_date": obstacle or _("Välj %(day)s eller en senare dag.") % earliest})
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv en orsak.")})
    before = {"valid_to": target.valid_to}
    target.valid_to, target.ended_reason = last_date, reason.strip()
    target.save(update_fields=["valid_to", "ended_reason"])
    after = {"target": target_in_words(target), "valid_to": last_date, "reason": reason}
    audit.record("indicator.target_ended", by=by, target=target.indicator, before=before, after=after)
    return target


@operation
def relocate_indicator(indicator: Indicator, *, by: Person, to: Unit, day: date) -> Indicator:
    """Follows when its unit is reorganised. Where the same one is in use already, this one stands beside it."""
    twin = Indicator.objects.in_use().filter(unit=to, template=indicator.template_id)
    if indicator.template_id and twin.exists():
        indicator.template = None
        indicator.save(update_fields=["template"])
    relocate(indicator, by=by, to=to)
    return indicator


@operation
def measure_process(process: Process, *, by: Person, indicator: Indicator) -> Process:
    """Let an indicator show whether the process works. Whoever describes the process chooses."""
    require(rules.may_choose_for(by, process) and Indicator.objects.visible_to(by).filter(pk=indicator.pk).exists())
    require_no(rules.obstacle_to_changing(indicator) or rules.obstacle_to_process(process, indicator.unit))
    if not indicator.processes.filter(pk=process.pk).exists():
        indicator.processes.add(process)
        audit.record("indicator.process_chosen", by=by, target=indicator, after={"process": process})
    return process


@operation
def stop_measuring_process(process: Process, *, by: Person, indicator: Indicator, reason: str) -> Process:
    """It no longer shows how the process works; it goes on by itself."""
    require(rules.may_choose_for(by, process))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv en orsak.")})
    indicator.processes.remove(process)
    audit.record(
        "indicator.process_removed", by=by, target=indicator, before={"process": process}, after={"reason": reason}
    )
    return process
