"""A control and its occurrences in a given state, reached by the real operations."""

from datetime import date

from hjulet.monitoring.models import Frequency
from hjulet.monitoring.self_monitoring import operations
from hjulet.monitoring.self_monitoring.models import ResultKind
from hjulet.monitoring.self_monitoring.states import OccurrenceState as S

TODAY = date(2026, 3, 16)


def every(months):
    """A frequency of so many months; None for what goes on continuously."""
    row, _created = Frequency.objects.get_or_create(key=f"every-{months}", name=f"Var {months}:e", months=months)
    return row


def plan(by, unit, *, months=1, **given):
    """A control of a share, monthly through 2026, with a target of 90 %."""
    defaults = {
        "title": "Genomförandeplaner är aktuella",
        "method": "Stickprov",
        "frequency": every(months),
        "starts_date": date(2026, 1, 1),
        "ends_date": date(2026, 12, 31),
        "result_kind": ResultKind.SHARE,
    }
    aim = {"comparator": ">=", "target": 90} if given.get("result_kind", "share") != "judgement" else {}
    return operations.plan_control(by=by, unit=unit, **defaults | aim | given)


def first(control):
    """The occurrence whose turn it is first, as a page would load it."""
    return control.occurrences.select_related("control__unit", "control__frequency").order_by("period_start").first()


RESULTS = {
    "share": {"checked_count": 50, "fulfilled_count": 45},
    "value": {"value": 4},
    "judgement": {"judgement": "partly"},
}


def record(occurrence, by, **given):
    result = {"done_date": TODAY} | RESULTS[occurrence.control.result_kind] | given
    return operations.record_result(occurrence, by=by, revision=occurrence.revision, **result)


def occurrence_at(state, by, unit, **given):
    """The first occurrence of a fresh control, walked to the state by one person."""
    occurrence = first(plan(by, unit, **given))
    if state == S.DONE:
        record(occurrence, by)
    elif state == S.NOT_APPLICABLE:
        operations.set_aside(occurrence, by=by, reason="Inga ärenden i januari.")
    assert occurrence.state == state
    return occurrence


def calendar(control):
    """Each occurrence as (first day, last day, state), in order of time."""
    rows = control.occurrences.order_by("period_start").values_list("period_start", "period_end", "state")
    return [(str(start), str(end), state) for start, end, state in rows]
