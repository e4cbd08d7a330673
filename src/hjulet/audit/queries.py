from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hjulet.audit.models import GENESIS, Chain, Event, digest


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold; `number` is the event's."""

    number: int
    what: str


def events_in_order() -> Iterator[Event]:
    """The whole log from the first event, a piece at a time."""
    return Event.objects.order_by("number").iterator(chunk_size=2000)


def faults_of_chain(events: Iterable[Event] | None = None) -> Iterator[Fault]:
    """Walk the log in order and name every row that was changed, removed or put in.

    `events` lets the caller count them on the way; they must be all of them, in order.
    """
    expected, previous_hash = 1, GENESIS
    for event in events_in_order() if events is None else events:
        if event.number != expected:
            yield Fault(expected, _("Raden saknas: numren hoppar till %(number)s.") % {"number": event.number})
        elif event.previous_hash != previous_hash:
            yield Fault(event.number, _("Raden pekar inte på raden före."))
        if digest(event) != event.hash:
            yield Fault(event.number, _("Innehållet stämmer inte med radens kontrollsumma."))
        expected, previous_hash = event.number + 1, event.hash
    yield from faults_at_end(expected, previous_hash)


def faults_at_end(expected: int, last_hash: str) -> Iterator[Fault]:
    """Compare the last event that was read with what the chain says was the last."""
    chain = Chain.objects.filter(pk=1).first() or Chain(length=0, last_hash=GENESIS)
    if chain.length >= expected:
        yield Fault(expected, _("Rader saknas i slutet: loggen ska ha %(length)s rader.") % {"length": chain.length})
    elif chain.length < expected - 1:
        yield Fault(
            chain.length + 1,
            _("Rader är tillagda vid sidan av: loggen ska ha %(length)s rader.") % {"length": chain.length},
        )
    elif chain.last_hash != last_hash:
        yield Fault(chain.length, _("Raden är inte den som skrevs sist."))
