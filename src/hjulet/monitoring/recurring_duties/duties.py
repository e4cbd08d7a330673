from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.monitoring.recurring_duties.notices import remind_of_begun, remind_of_overdue
from hjulet.monitoring.recurring_duties.operations import create_due_duties
from hjulet.organisation.models import Person


def lay_out_duties(by: Person, day: date) -> int:
    return create_due_duties(by=by, day=day)


# First, so that what time has just brought is also reminded of.
CALENDAR = (Duty("duties.calendar", _("Nya tillfällen i årshjulet"), lay_out_duties),)
REMINDERS = (
    Duty("duties.due", _("Påminnelser om årsuppgifter vars tid har börjat"), remind_of_begun),
    Duty("duties.overdue", _("Påminnelser om försenade årsuppgifter"), remind_of_overdue),
)
