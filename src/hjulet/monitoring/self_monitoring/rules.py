"""Who may, and what stands in the way. A `may_…` decides whether the button is there, an `obstacle_…` what it says."""

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.monitoring.self_monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring.states import WORKFLOW, OccurrenceState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.organisation.units.rules import obstacle_to_beginning_in


def may_plan(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.CONTROLS_EDIT, unit)


def may_change(person: Person, control: Control) -> bool:
    return holds(person, Permission.CONTROLS_EDIT, control.unit)


def may_record(person: Person, occurrence: Occurrence) -> bool:
    """Whoever leads the work in the unit, and whoever was made responsible wherever in the organisation they sit."""
    return may_change(person, occurrence.control) or (
        occurrence.is_owned_by(person) and holds_anywhere(person, Permission.CONTROLS_PERFORM)
    )


def may_record_any(person: Person) -> bool:
    """Whether there can be any occurrence that the person may record: what `may_record` asks of the roles."""
    return holds_anywhere(person, Permission.CONTROLS_EDIT) or holds_anywhere(person, Permission.CONTROLS_PERFORM)


def may_plan_action_from(person: Person, occurrence: Occurrence) -> bool:
    return holds(person, Permission.ACTIONS_EDIT, occurrence.control.unit)


def obstacle_to_changing(control: Control) -> str | None:
    if control.stopped_reason:
        return _("Egenkontrollen är stoppad och kan inte längre ändras.")
    return None


def obstacle_to_stopping(control: Control) -> str | None:
    if control.stopped_reason:
        return _("Egenkontrollen är redan stoppad.")
    if control.ends_date < timezone.localdate():
        return _("Egenkontrollen slutade %(day)s.") % {"day": control.ends_date}
    return None


def obstacle_to_changing_what_is_measured(control: Control) -> str | None:
    """Figures of another kind or in another measure do not belong in the same row of results."""
    if control.occurrences.filter(state=OccurrenceState.DONE).exists():
        return _("Det finns redan resultat. Stoppa egenkontrollen och planera en ny för att mäta på ett annat sätt.")
    return None


def obstacle_to_move(occurrence: Occurrence, move: str) -> str | None:
    """Why this move is not open now; a result also waits for its period to begin."""
    if obstacle := WORKFLOW.obstacle_to(move, occurrence.state):
        return obstacle
    if move == "record" and occurrence.period_start > timezone.localdate():
        return _("Perioden börjar %(day)s. Registrera resultatet då.") % {"day": occurrence.period_start}
    return None


def obstacle_to_planning_action(occurrence: Occurrence) -> str | None:
    """The action begins where the control goes on, also when it was done in a unit that has been closed."""
    if occurrence.state == OccurrenceState.DONE:
        return obstacle_to_beginning_in(occurrence.control.unit)
    return _("Registrera resultatet först.")
