from datetime import datetime, timedelta
from hashlib import sha256

from hjulet.organisation.models import Person
from hjulet.organisation.roles.queries import assignments_of
from hjulet.reporting.calendar_feed.models import CalendarFeed

MOST_IN_AN_HOUR = 60
HOUR = timedelta(hours=1)


def may_have(person: Person) -> bool:
    """Whoever has a role today, and can log in: without one there is nothing to see."""
    return person.is_active and bool(assignments_of(person))


def digest_of(token: str) -> str:
    """No salt and no slow hash: the token is 256 random bits, and there is no list of those to try."""
    return sha256(token.encode()).hexdigest()


def is_fetched_too_often(feed: CalendarFeed, now: datetime) -> bool:
    began = feed.hour_began_at
    return began is not None and began > now - HOUR and feed.fetches_in_hour >= MOST_IN_AN_HOUR
