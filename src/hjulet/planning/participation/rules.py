"""Who may, and what stands in the way. A `may_…` decides whether the button is there, an `obstacle_…` what it says."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.planning.participation.models import Meeting, Outcome
from hjulet.planning.participation.states import WORKFLOW, OutcomeState


def may_note(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.PARTICIPATION_EDIT, unit)


def may_note_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.PARTICIPATION_EDIT)


def may_change(person: Person, meeting: Meeting) -> bool:
    """Whoever leads the work in the unit, and whoever held the meeting wherever that person's role is held."""
    return may_note(person, meeting.unit) or (meeting.is_owned_by(person) and may_note_anywhere(person))


def may_work_on(person: Person, outcome: Outcome) -> bool:
    return may_change(person, outcome.meeting)


def obstacle_to_day(day: date) -> str | None:
    if day > timezone.localdate():
        return _("Mötet har inte hållits. Anteckna det när det har varit.")
    return None


def obstacle_to_changing(outcome: Outcome) -> str | None:
    if outcome.state == OutcomeState.NEW:
        return None
    return _("Det är redan besvarat. Öppna det igen om det behöver ändras.")


def obstacle_to_leading(outcome: Outcome) -> str | None:
    """One thing may become several actions and risks, but not after it was said that it becomes none."""
    if outcome.state == OutcomeState.NO_MEASURE:
        return _("Det är besvarat utan åtgärd. Öppna det igen först.")
    return None


def obstacle_to_move(outcome: Outcome, move: str) -> str | None:
    return WORKFLOW.obstacle_to(move, outcome.state)
