"""What whoever is responsible for a duty is told, and when."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from hjulet.collaboration.notices.kinds import reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import in_parts, one_by_one, to_owners
from hjulet.monitoring.recurring_duties.models import DutyOccurrence
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.organisation.models import Person

DAY = timedelta(days=1)


def remind_of_begun(by: Person, day: date) -> int:
    """When the time to do it begins: the duty itself says how long before its last day that is."""
    rows = owned().filter(state=DutyState.PLANNED, begins_date__lte=day, due_date__gte=day)
    return told("duty_due", rows, by=by, day=day, about=lambda occurrence: occurrence.due_date)


def remind_of_overdue(by: Person, day: date) -> int:
    rows = owned().overdue(day)
    return told(
        "duty_overdue", rows, by=by, day=day, about=lambda occurrence: reminder_date(occurrence.due_date + DAY, day)
    )


def told(kind: str, rows: QuerySet[DutyOccurrence], *, by: Person, day: date, about) -> int:
    tellings = to_owners(one_by_one(rows, by="duty__owner_person_id"), day=day, about=about)
    return sum(tell(kind, part, by=by) for part in in_parts(tellings))


def owned() -> QuerySet[DutyOccurrence]:
    owned = DutyOccurrence.objects.filter(Q(duty__owner_person__isnull=False) | ~Q(duty__owner_role=""))
    return owned.select_related("duty__unit", "duty__owner_person")
