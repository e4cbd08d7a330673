"""Who may, and what stands in the way. A `may_…` decides whether the button is there, an `obstacle_…` what it says."""

from django.utils.translation import gettext as _

from hjulet.actions.states import ENDED, ActionState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.planning.ideas.models import Idea
from hjulet.planning.ideas.states import WORKFLOW, IdeaState


def may_propose(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.IDEAS_PROPOSE, unit)


def may_propose_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.IDEAS_PROPOSE)


def may_answer(person: Person, idea: Idea) -> bool:
    return holds(person, Permission.IDEAS_ANSWER, idea.unit)


def may_see_proposer(person: Person, idea: Idea) -> bool:
    """The name is for whoever answers, and for the one who knows it."""
    return idea.proposed_by_id == person.pk or may_answer(person, idea)


def may_change(person: Person, idea: Idea) -> bool:
    return idea.proposed_by_id == person.pk


def obstacle_to_changing(idea: Idea) -> str | None:
    if idea.state == IdeaState.PROPOSED:
        return None
    return _("Idén behandlas redan. Skriv en kommentar i stället.")


def obstacle_to_leading(idea: Idea) -> str | None:
    """An idea is accepted with its first action; what was declined or is done leads to nothing more."""
    if idea.state in (IdeaState.DECLINED, IdeaState.DONE):
        return _("Idén är %(state)s.") % {"state": idea.get_state_display().lower()}
    return None


def obstacle_to_planning_more(idea: Idea) -> str | None:
    if idea.is_waiting:
        return _("Anta idén först. Då gör du den första åtgärden av den.")
    return obstacle_to_leading(idea)


def obstacle_to_move(idea: Idea, move: str) -> str | None:
    """Why this move is not open now; an idea is carried out when what it became is."""
    if obstacle := WORKFLOW.obstacle_to(move, idea.state):
        return obstacle
    if move == "finish" and idea.actions.exclude(state__in=[*ENDED, ActionState.DONE]).exists():
        return _("Åtgärden som idén ledde till är inte genomförd.")
    return None
