"""A meeting and what came out of it in a given state, reached by the real operations."""

from datetime import date

from hjulet.planning.models import MeetingKind
from hjulet.planning.participation import operations
from hjulet.planning.participation.models import OutcomeKind, Voice
from hjulet.planning.participation.states import OutcomeState as S

TODAY = date(2026, 3, 16)
REASON = "Det beslutas av regionen."


def kind(key="council", **given):
    """As a library makes it; a register row, so no operation of the slice does."""
    defaults = {"name": "Pensionärsråd", "voice": Voice.USERS}
    row, _created = MeetingKind.objects.get_or_create(key=key, defaults=defaults | given)
    return row


def meeting(by, unit, **given):
    defaults = {"kind": kind(), "meeting_date": date(2026, 3, 10), "subject": "Maten på boendet"}
    return operations.note_meeting(by=by, unit=unit, **defaults | given)


def outcome(by, unit, text="Maten är kall när den kommer.", *, of_kind=OutcomeKind.DEFICIENCY, **given):
    return operations.note_outcome(meeting(by, unit, **given), by=by, kind=of_kind, text=text)


def plan_action(row, by, **given):
    wording = {"title": "Varmare mat", "description": "Byt vagnar."}
    return operations.plan_action_from(row, by=by, **wording | given)


def outcome_at(state, by, unit, **given):
    """A fresh outcome walked to the state by one person."""
    row = outcome(by, unit, **given)
    if state == S.LINKED:
        plan_action(row, by)
    elif state == S.NO_MEASURE:
        operations.answer_without_measure(row, by=by, reason=REASON)
    assert row.state == state
    return row
