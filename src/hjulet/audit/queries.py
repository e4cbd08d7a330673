from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hjulet.audit.models import GENESIS, Chain, Event, digest


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold; `number` is the event's."""

    number: int
    what: str


def faults_of_chain() -> Iterator[Fault]:
    """Walk the whole log in order and name every row that was changed, removed or put in."""
    expected_number, previous_hash = 1, GENESIS
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        if event.number != expected_number:
            yield Fault(expected_number, _("Raden saknas: numren hoppar till %(number)s.") % {"number": event.number})
        elif event.previous_hash != previous_hash:
            yield Fault(event.number, _("Raden pekar inte på raden före."))
        if digest(event) != event.hash:
            yield Fault(event.number, _("Innehållet stämmer inte med radens kontrollsumma."))
        expected_number, previous_hash = event.number + 1, event.hash
    chain = Chain.objects.filter(pk=1).first()
    length, last_hash = (chain.length, chain.last_hash) if chain else (0, GENESIS)
    if (length, last_hash) != (expected_number - 1, previous_hash):
        yield Fault(expected_number, _("Rader saknas i slutet: loggen ska ha %(length)s rader.") % {"length": length})
