from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.monitoring.indicators.measurements.operations import create_due_measurements
from hjulet.monitoring.indicators.notices import remind_of_due, remind_of_overdue
from hjulet.organisation.models import Person


def lay_out_measurements(by: Person, day: date) -> int:
    return create_due_measurements(by=by, day=day)


# First, so that what time has just brought is also reminded of.
CALENDAR = (Duty("indicators.calendar", _("Nya mätningar av nyckeltal"), lay_out_measurements),)
REMINDERS = (
    Duty("indicators.due", _("Påminnelser om nyckeltal som snart ska vara mätta"), remind_of_due),
    Duty("indicators.overdue", _("Påminnelser om försenade mätningar"), remind_of_overdue),
)
