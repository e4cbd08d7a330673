from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.audit.operations import seal_readings
from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person


def seal_days(by: Person, day: date) -> int:
    return seal_readings(by=by, day=day)


DUTIES = (Duty("readings.sealed", _("Förseglade dagar i läsloggen"), seal_days),)
