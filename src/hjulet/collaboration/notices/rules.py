"""When a mail is sent: what the person has chosen, and how long to wait after a failure."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from hjulet.collaboration.notices.kinds import WEEK, Mail

MONDAY_MORNING = time(6)
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
