"""Who may, and what stands in the way. A `may_…` decides whether the button is there, an `obstacle_…` what it says."""

from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.actions.states import OPEN, WORKFLOW, ActionState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere


def may_plan(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.ACTIONS_EDIT, unit)


def may_change(person: Person, action: Action) -> bool:
    return holds(person, Permission.ACTIONS_EDIT, action.unit)


def may_work_on(person: Person, action: Action) -> bool:
    """Whoever leads the work in the unit, and whoever was made responsible, wherever that person's role is held."""
    return may_change(person, action) or (
        action.is_owned_by(person) and holds_anywhere(person, Permission.ACTIONS_PERFORM)
    )


def obstacle_to_changing(action: Action) -> str | None:
    if action.state in OPEN:
        return None
    return _("Åtgärden är %(state)s och kan inte längre ändras.") % {"state": action.get_state_display().lower()}


def obstacle_to_noting_progress(action: Action) -> str | None:
    if action.state in (ActionState.CLOSED, ActionState.CANCELLED):
        return _("Åtgärden är %(state)s. Skriv en kommentar i stället.") % {"state": action.get_state_display().lower()}
    return None


def obstacle_to_checking_effect(action: Action) -> str | None:
    if action.state == ActionState.DONE:
        return None
    if action.state == ActionState.CLOSED:
        return _("Åtgärden är redan avslutad.")
    return _("Effekten kan bedömas först när åtgärden är genomförd.")


def obstacle_to_move(action: Action, move: str) -> str | None:
    """Why this move is not open now; closing also asks for an effect check made since the action was carried out."""
    if obstacle := WORKFLOW.obstacle_to(move, action.state):
        return obstacle
    if move == "close" and not action.effect_checks.filter(checked_date__gte=action.completed_date).exists():
        return _("Bedöm först om åtgärden fick effekt.")
    return None
