"""The calendar as text (RFC 5545), the same text as long as nothing has changed."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hjulet.reporting.calendar_feed.queries import Happening

REFRESH = timedelta(hours=6)


def calendar_text(happenings: Iterable[Happening], *, address: str) -> bytes:
    """`address` is where this installation stands; it makes the links, and the keys the world's own."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kvalitetshjulet//Årshjul//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Kvalitetshjulet"))
    calendar.add("x-wr-calname", _("Kvalitetshjulet"))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for happening in happenings:
        calendar.add_component(event_of(happening, address))
    return calendar.to_ical()


def event_of(happening: Happening, address: str) -> Event:
    """All day, and nobody is busy because of it."""
    event = Event()
    event.add("uid", f"{happening.key}@{urlsplit(address).hostname}")
    event.add("dtstamp", happening.changed_at.astimezone(UTC))
    event.add("last-modified", happening.changed_at.astimezone(UTC))
    event.add("sequence", happening.sequence)
    event.add("dtstart", happening.day)
    event.add("dtend", happening.day + timedelta(days=1))
    event.add("summary", happening.summary)
    event.add("description", _("Klar senast den här dagen. Öppna länken för att läsa mer och göra den klar."))
    event.add("categories", [happening.category])
    event.add("url", f"{address.rstrip('/')}{happening.path}")
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
