from datetime import datetime, timedelta

from django.utils import timezone

from hjulet.collaboration.clock.duties import Duty
from hjulet.collaboration.clock.models import ClockRun
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere

MORNING = 5
SILENT_AFTER = timedelta(days=1)


def may_read(person: Person) -> bool:
    return holds_anywhere(person, Permission.ORGANISATION_MANAGE)


def is_waiting(duty: Duty, run: ClockRun | None, now: datetime) -> bool:
    """Whether a clock that runs often should do the duty now: a daily one from five in the morning, once.

    Asks for another day and not for a later one: so a clock that has been set back still works.
    """
    if not duty.is_daily or run is None or run.finished_at is None:
        return True
    local = timezone.localtime(now)
    return local.hour >= MORNING and timezone.localdate(run.finished_at) != local.date()


def is_silent(last_tried_at: datetime | None, now: datetime) -> bool:
    """Whether the clock has stopped, or has never gone."""
    return last_tried_at is None or now - last_tried_at > SILENT_AFTER
