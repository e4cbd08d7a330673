from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.monitoring.log_review.notices import remind_of_waiting
from hjulet.monitoring.log_review.operations import create_due_reviews
from hjulet.organisation.models import Person


def add_due_reviews(by: Person, day: date) -> int:
    return create_due_reviews(by=by, day=day)


# First, so that what time has just brought is also reminded of.
DUTIES = (
    Duty("reviews.calendar", _("Nya granskningar av läsloggen"), add_due_reviews),
    Duty("reviews.waiting", _("Påminnelser om granskningar av läsloggen"), remind_of_waiting),
)
