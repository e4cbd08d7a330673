"""What whoever is responsible for a control is told, and when."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from hjulet.collaboration.notices.kinds import WEEK, reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import in_parts, one_by_one, to_owners
from hjulet.monitoring.self_monitoring.models import Occurrence
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person

DAY = timedelta(days=1)


def remind_of_due(by: Person, day: date) -> int:
    rows = owned().filter(state=OccurrenceState.PLANNED, due_date__range=(day, day + WEEK))
    tellings = to_owners(
        one_by_one(rows, by="control__owner_person_id"), day=day, about=lambda occurrence: occurrence.due_date
    )
    return sum(tell("control_due", part, by=by) for part in in_parts(tellings))


def remind_of_overdue(by: Person, day: date) -> int:
    rows = owned().overdue(day)
    tellings = to_owners(
        one_by_one(rows, by="control__owner_person_id"),
        day=day,
        about=lambda occurrence: reminder_date(occurrence.due_date + DAY, day),
    )
    return sum(tell("control_overdue", part, by=by) for part in in_parts(tellings))


def owned() -> QuerySet[Occurrence]:
    owned = Occurrence.objects.filter(Q(control__owner_person__isnull=False) | ~Q(control__owner_role=""))
    return owned.select_related("control__unit", "control__owner_person")
