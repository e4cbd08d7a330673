from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.monitoring import occasions
from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.recurring_duties import rules
from hjulet.monitoring.recurring_duties.calendar import due_dates, next_on
from hjulet.monitoring.recurring_duties.models import DutyOccurrence, DutyTemplate, RecurringDuty, begins
from hjulet.monitoring.recurring_duties.queries import behind, untouched
from hjulet.monitoring.recurring_duties.states import WORKFLOW, DutyState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in

DAY = timedelta(days=1)
NOTHING: dict[str, Any] = {"done_date": None, "done_by": None, "done_in": None, "result": "", "link": ""}


@operation
def plan_duty(
    *,
    by: Person,
    unit: Unit,
    title: str,
    kind: str,
    frequency: Frequency,
    first_due_date: date,
    description: str = "",
    legal_basis: str = "",
    lead_days: int = 30,
    owner_person: Person | None = None,
    owner_role: str = "",
    template: DutyTemplate | None = None,
) -> RecurringDuty:
    """Lay a duty in the unit's year, with its occurrences to the end of next year; the clock adds later ones."""
    require(rules.may_plan(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    require_this_year(first_due_date)
    duty = RecurringDuty(
        unit=unit,
        title=title,
        kind=kind,
        frequency=frequency,
        first_due_date=first_due_date,
        description=description,
        legal_basis=legal_basis,
        lead_days=lead_days,
        owner_person=owner_person,
        owner_role=owner_role,
        template=template,
    )
    duty.full_clean()
    duty.save()
    days = lay_out(duty, since=first_due_date)
    audit.record("duty.planned", by=by, target=duty, after={"title": title, "frequency": frequency, "due_dates": days})
    return duty


@operation
def plan_from_templates(*, by: Person, unit: Unit, templates: Sequence[DutyTemplate]) -> list[RecurringDuty]:
    """Lay each template in the unit's year, the first time on its next day; one that runs there is left as it is."""
    require(rules.may_plan(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    running = set(RecurringDuty.objects.filter(unit=unit, last_date=None).values_list("template_id", flat=True))
    return [plan_from(template, unit, by=by) for template in templates if template.pk not in running]


def plan_from(template: DutyTemplate, unit: Unit, *, by: Person) -> RecurringDuty:
    return plan_duty(
        by=by,
        unit=unit,
        template=template,
        title=template.name,
        kind=template.kind,
        frequency=template.frequency,
        first_due_date=next_on(template.month, template.day, timezone.localdate()),
        description=template.description,
        legal_basis=template.legal_basis,
        lead_days=template.lead_days,
        owner_role=template.owner_role,
    )


@operation
def change_duty(duty: RecurringDuty, *, by: Person, revision: int, **changes: Any) -> RecurringDuty:
    """Change the duty; `changes` are fields of `DutyForm`. Another calendar replaces what is still to come."""
    require(rules.may_change(by, duty))
    require_no(rules.obstacle_to_changing(duty))
    if changes.get("first_due_date", duty.first_due_date) != duty.first_due_date:
        require_this_year(changes["first_due_date"])
    before, after = save_changes(duty, revision=revision, changes=changes)
    if after.keys() & {"frequency", "first_due_date", "lead_days"}:
        after["due_dates"] = lay_out(duty, since=timezone.localdate())
    if after:
        audit.record("duty.changed", by=by, target=duty, before=before, after=after)
    return duty


@operation
def stop_duty(duty: RecurringDuty, *, by: Person, reason: str) -> RecurringDuty:
    """The unit no longer has it. What was missed until today stays missed; only what is to come falls away."""
    require(rules.may_change(by, duty))
    require_no(rules.obstacle_to_changing(duty))
    today = timezone.localdate()
    save_changes(duty, revision=locked(duty).revision, changes={"last_date": today, "stopped_reason": reason.strip()})
    lay_out(duty, since=today)
    audit.record("duty.stopped", by=by, target=duty, after={"last_date": today, "reason": reason})
    return duty


@operation
def create_due_duties(*, by: Person, day: date) -> int:
    """Lay out what the passing of time has brought within sight of `day`; returns how many occurrences came.

    Counted from what is there: a month without a clock loses nothing, and a duty that was missed comes again.
    """
    require(by.is_machine)
    count = 0
    for duty in behind(horizon(day)):
        since = duty.laid_to + DAY if duty.laid_to else duty.first_due_date
        days = lay_out(locked(duty), since=since, day=day)
        if days:
            audit.record("duty.occurrences_planned", by=by, target=duty, after={"due_dates": days})
        count += len(days)
    return count


def horizon(day: date) -> date:
    """The end of next year: as far ahead as duties are laid out."""
    return date(day.year + 1, 12, 31)


def require_this_year(first_due_date: date) -> None:
    """A slip of the finger must not fill the year with what was missed decades ago."""
    if first_due_date.year < (year := timezone.localdate().year):
        raise ValidationError({"first_due_date": _("Välj en dag %(year)s eller senare.") % {"year": year}})


def lay_out(duty: RecurringDuty, *, since: date, day: date | None = None) -> list[str]:
    """Make what is laid out follow the duty's calendar; returns the days that are new, none of them before `since`.

    What is done, set aside, missed, commented on or has a history stays as it is.
    """
    today = day or timezone.localdate()
    end = duty.last_date or max(horizon(today), date(duty.first_due_date.year, 12, 31))
    wanted = {due for due in due_dates(duty.first_due_date, duty.frequency.months, end) if due >= since}
    upcoming = {row.due_date: row for row in untouched(duty, day=since)}
    for due, row in upcoming.items():
        if due not in wanted or row.begins_date != begins(due, duty.lead_days):
            row.delete()
    there = set(duty.occurrences.values_list("due_date", flat=True))
    new = sorted(wanted - there)
    DutyOccurrence.objects.bulk_create(
        DutyOccurrence(duty=duty, due_date=due, begins_date=begins(due, duty.lead_days)) for due in new
    )
    return [str(due) for due in new if due not in upcoming]


@operation
def finish_duty(
    occurrence: DutyOccurrence, *, by: Person, revision: int, done_date: date, result: str = "", link: str = ""
) -> DutyOccurrence:
    """It is done this time: on which day, what came of it, and where the document lies."""
    if done_date > timezone.localdate():
        raise ValidationError({"done_date": _("Uppgiften kan inte vara gjord en dag som inte har varit.")})
    fields: dict[str, Any] = {"done_date": done_date, "done_by": by, "result": result.strip(), "link": link}
    return make_move(occurrence, "finish", by=by, revision=revision, **fields)


@operation
def reopen_duty(occurrence: DutyOccurrence, *, by: Person, reason: str) -> DutyOccurrence:
    """It was not done after all. What was written then stands in the history."""
    told = [reason.strip(), *filter(None, (str(occurrence.done_date or ""), occurrence.result, occurrence.link))]
    return make_move(occurrence, "reopen", by=by, reason=reason.strip() and "\n".join(told), **NOTHING)


@operation
def set_duty_aside(occurrence: DutyOccurrence, *, by: Person, reason: str) -> DutyOccurrence:
    """Say why it is not applicable this time."""
    return make_move(occurrence, "set_aside", by=by, reason=reason)


@operation
def restore_duty(occurrence: DutyOccurrence, *, by: Person, reason: str) -> DutyOccurrence:
    return make_move(occurrence, "restore", by=by, reason=reason)


def make_move(occurrence: DutyOccurrence, move: str, *, by: Person, **given: Any) -> DutyOccurrence:
    """The part all moves share."""
    require(rules.may_work_on(by, occurrence))
    require_no(rules.obstacle_to_move(occurrence, move))
    return occasions.make_move(occurrence, WORKFLOW, move, called="duty_occurrence", by=by, **given)


@operation
def relocate_duty(duty: RecurringDuty, *, by: Person, to: Unit, day: date) -> RecurringDuty:
    """Follows when its unit is reorganised, with what is still to be done; what has been done was done where it was.

    Where the same duty is in the year already, this one stands beside it.
    """
    duty.occurrences.filter(state=DutyState.DONE, done_in=None).update(done_in=duty.unit)
    if duty.template_id and RecurringDuty.objects.filter(unit=to, template=duty.template_id, last_date=None).exists():
        duty.template = None
        duty.save(update_fields=["template"])
    relocate(duty, by=by, to=to)
    return duty
