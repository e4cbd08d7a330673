"""When a mail is sent: what the person has chosen, how long to wait after a failure, and when to give up."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from hjulet.collaboration.notices.kinds import WEEK, Mail
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere

MONDAY_MORNING = time(6)
MOST_REFUSALS = 7  # three days of trying: an address that is refused so often is wrong
PAUSES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(days=1))


def mail_due_at(choice: str, now: datetime) -> datetime | None:
    """None when no mail is wanted."""
    if choice == Mail.NEVER:
        return None
    return now if choice == Mail.AT_ONCE else next_digest(now)


def next_digest(now: datetime) -> datetime:
    """The first Monday morning after now."""
    local = timezone.localtime(now)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), MONDAY_MORNING, local.tzinfo)
    return monday if monday > local else monday + WEEK


def next_attempt(failures: int, now: datetime) -> datetime:
    """After so many attempts that failed; the pauses grow to a day and stay there."""
    return now + PAUSES[min(failures, len(PAUSES) - 1)]


def may_see_undelivered(person: Person) -> bool:
    return holds_anywhere(person, Permission.ORGANISATION_MANAGE)
