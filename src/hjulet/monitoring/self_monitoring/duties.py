from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.monitoring.self_monitoring.notices import remind_of_due, remind_of_overdue
from hjulet.monitoring.self_monitoring.operations import create_due_occurrences
from hjulet.organisation.models import Person


def lay_out_occurrences(by: Person, day: date) -> int:
    return create_due_occurrences(by=by, day=day)


# First, so that what time has just brought is also reminded of.
CALENDAR = (Duty("controls.calendar", _("Nya kontrolltillfällen"), lay_out_occurrences),)
REMINDERS = (
    Duty("controls.due", _("Påminnelser om egenkontroller som snart ska vara gjorda"), remind_of_due),
    Duty("controls.overdue", _("Påminnelser om försenade egenkontroller"), remind_of_overdue),
)
