"""What whoever is responsible for an indicator is told, and when."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from hjulet.collaboration.notices.kinds import WEEK, reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import in_parts, one_by_one, to_owners
from hjulet.monitoring.indicators.parts import Measurement
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.organisation.models import Person

DAY = timedelta(days=1)


def remind_of_due(by: Person, day: date) -> int:
    rows = owned().filter(state=MeasurementState.PLANNED, due_date__range=(day, day + WEEK))
    return told("measurement_due", rows, by=by, day=day, about=lambda measurement: measurement.due_date)


def remind_of_overdue(by: Person, day: date) -> int:
    rows = owned().overdue(day)
    return told(
        "measurement_overdue",
        rows,
        by=by,
        day=day,
        about=lambda measurement: reminder_date(measurement.due_date + DAY, day),
    )


def told(kind: str, rows: QuerySet[Measurement], *, by: Person, day: date, about) -> int:
    tellings = to_owners(one_by_one(rows, by="indicator__owner_person_id"), day=day, about=about)
    return sum(tell(kind, part, by=by) for part in in_parts(tellings))


def owned() -> QuerySet[Measurement]:
    owned = Measurement.objects.filter(Q(indicator__owner_person__isnull=False) | ~Q(indicator__owner_role=""))
    return owned.select_related("unit", "indicator__unit", "indicator__owner_person")
