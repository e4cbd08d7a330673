"""Who may, and what stands in the way. The same permissions as for egenkontroll: it is the same work of the year."""

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.monitoring.recurring_duties.models import DutyOccurrence, RecurringDuty
from hjulet.monitoring.recurring_duties.states import WORKFLOW
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere


def may_plan(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.CONTROLS_EDIT, unit)


def may_plan_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.CONTROLS_EDIT)


def may_change(person: Person, duty: RecurringDuty) -> bool:
    return holds(person, Permission.CONTROLS_EDIT, duty.unit)


def may_work_on(person: Person, occurrence: DutyOccurrence) -> bool:
    """Whoever leads the work in the unit, and whoever was made responsible wherever in the organisation they sit."""
    return may_change(person, occurrence.duty) or (
        occurrence.is_owned_by(person) and holds_anywhere(person, Permission.CONTROLS_PERFORM)
    )


def obstacle_to_changing(duty: RecurringDuty) -> str | None:
    if duty.stopped_reason:
        return _("Uppgiften är stoppad och kan inte längre ändras.")
    return None


def obstacle_to_move(occurrence: DutyOccurrence, move: str) -> str | None:
    """Why this move is not open now; nothing is done before its time has begun."""
    if obstacle := WORKFLOW.obstacle_to(move, occurrence.state):
        return obstacle
    if move == "finish" and occurrence.begins_date > timezone.localdate():
        return _("Tiden för uppgiften börjar %(day)s. Markera den som gjord då.") % {"day": occurrence.begins_date}
    return None
