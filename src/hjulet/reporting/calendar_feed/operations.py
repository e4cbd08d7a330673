from secrets import token_urlsafe

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require
from hjulet.organisation.models import Person
from hjulet.reporting.calendar_feed import rules
from hjulet.reporting.calendar_feed.models import CalendarFeed


@operation
def make_feed(*, by: Person, only_mine: bool) -> str:
    """A new address, in place of the one before, which leads nowhere from now on; returns its secret, kept nowhere."""
    require(rules.may_have(by))
    token = token_urlsafe(32)
    fields = {
        "token_hash": rules.digest_of(token),
        "only_mine": only_mine,
        "made_at": timezone.now(),
        "fetched_at": None,
    }
    CalendarFeed.objects.update_or_create(person=by, defaults=fields)
    audit.record("person.calendar_made", by=by, target=by, after={"only_mine": only_mine})
    return token


@operation
def withdraw_feed(feed: CalendarFeed, *, by: Person) -> None:
    """The address leads nowhere from now on."""
    require(feed.person_id == by.pk)
    CalendarFeed.objects.filter(pk=feed.pk).update(token_hash="")
    audit.record("person.calendar_withdrawn", by=by, target=by)


@operation
def note_fetched(feed: CalendarFeed, *, by: Person) -> None:
    """No audit: a calendar comes many times a day. Counted in the database, since several may come at once."""
    require(feed.person_id == by.pk)
    now = timezone.now()
    is_same_hour = Q(hour_began_at__gt=now - rules.HOUR)
    CalendarFeed.objects.filter(pk=feed.pk).update(
        fetched_at=now,
        fetches_in_hour=Case(When(is_same_hour, then=F("fetches_in_hour") + 1), default=Value(1)),
        hour_began_at=Case(When(is_same_hour, then=F("hour_began_at")), default=Value(now)),
    )
