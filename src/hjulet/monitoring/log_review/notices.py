"""What whoever reviews the log of readings is told, and when."""

from datetime import date, timedelta

from hjulet.collaboration.notices.kinds import reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import in_parts, one_by_one, to_owners
from hjulet.monitoring.log_review.models import Review
from hjulet.organisation.models import Person

DAY = timedelta(days=1)


def remind_of_waiting(by: Person, day: date) -> int:
    """From the day after the period, and then every week until it is signed."""
    rows = Review.objects.unsigned().filter(period_end__lt=day).select_related("plan__unit", "plan__owner_person")
    tellings = to_owners(
        one_by_one(rows, by="plan__owner_person_id"),
        day=day,
        about=lambda review: reminder_date(review.period_end + DAY, day),
    )
    return sum(tell("review_due", part, by=by) for part in in_parts(tellings))
