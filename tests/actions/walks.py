"""An action in a given state, reached by the real operations."""

from datetime import date

from hjulet.actions import operations
from hjulet.actions.models import Effect
from hjulet.actions.states import ActionState as S

TODAY = date(2026, 3, 16)


def plan(by, unit, **given):
    return operations.plan_action(
        **{"by": by, "unit": unit, "title": "Se över schemat", "description": "Två i taget vid dubbelbesök."} | given
    )


def complete(action, by):
    return operations.complete_action(action, by=by, result="Nytt schema i drift.", completed_date=TODAY)


def check(action, by, effect=Effect.YES):
    return operations.check_effect(
        action, by=by, effect=effect, evidence="Färre sena besök i mars.", checked_date=TODAY
    )


def action_at(state, by, unit, **given):
    """A fresh action walked to the state by one person."""
    action = plan(by, unit, **given)
    if state == S.ONGOING:
        operations.start_action(action, by=by)
    elif state == S.HINDERED:
        operations.hinder_action(action, by=by, reason="Ingen vikarie.")
    elif state in (S.DONE, S.CLOSED):
        complete(action, by)
    elif state == S.CANCELLED:
        operations.cancel_action(action, by=by, reason="Ersatt av en annan åtgärd.")
    if state == S.CLOSED:
        check(action, by)
        operations.close_action(action, by=by)
    assert action.state == state
    return action
