"""A duty of the year and its occurrences in a given state, reached by the real operations."""

from datetime import date

from hjulet.monitoring.models import DutyTemplate
from hjulet.monitoring.recurring_duties import operations
from hjulet.monitoring.recurring_duties.models import DutyKind
from hjulet.monitoring.recurring_duties.states import DutyState as S
from tests.monitoring.self_monitoring.walks import every

TODAY = date(2026, 3, 16)


def plan(by, unit, *, months=12, **given):
    """A yearly report whose last day is 31 March 2026, to be begun thirty days before."""
    defaults = {
        "title": "Kvalitetsredovisning till nämnden",
        "kind": DutyKind.REPORT,
        "frequency": every(months),
        "first_due_date": date(2026, 3, 31),
    }
    return operations.plan_duty(by=by, unit=unit, **defaults | given)


def template(key="report", **given):
    """As a library makes it; a register row, so no operation of the slice does."""
    defaults = {
        "name": "Kvalitetsredovisning",
        "kind": DutyKind.REPORT,
        "frequency": every(12),
        "month": 2,
        "day": 28,
        "owner_role": "unit_manager",
    }
    return DutyTemplate.objects.create(key=key, **defaults | given)


def first(duty):
    """The occurrence whose turn it is first, as a page would load it."""
    return duty.occurrences.select_related("duty__unit", "duty__frequency").order_by("due_date").first()


def finish(occurrence, by, **given):
    result = {"done_date": TODAY, "result": "Nämnden tog emot den."} | given
    return operations.finish_duty(occurrence, by=by, revision=occurrence.revision, **result)


def occurrence_at(state, by, unit, **given):
    """The first occurrence of a fresh duty, walked to the state by one person."""
    occurrence = first(plan(by, unit, **given))
    if state == S.DONE:
        finish(occurrence, by)
    elif state == S.NOT_APPLICABLE:
        operations.set_duty_aside(occurrence, by=by, reason="Verksamheten är nedlagd.")
    assert occurrence.state == state
    return occurrence


def calendar(duty):
    """Each occurrence as (first day, last day, state), in order of time."""
    rows = duty.occurrences.order_by("due_date").values_list("begins_date", "due_date", "state")
    return [(str(begins), str(due), state) for begins, due, state in rows]
