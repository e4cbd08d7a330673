from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit.models import (
    GENESIS,
    Chain,
    Event,
    ReadChain,
    Reading,
    ReadSeal,
    digest,
    digest_of_day,
    digest_of_reading,
)


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


def hashes_of_day(day: date) -> Iterable[str]:
    """In the order of person and number, which no later reading can come into."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    readings = Reading.objects.filter(at__gte=start, at__lt=end).order_by("person_id", "number")
    return readings.values_list("hash", flat=True).iterator(chunk_size=2000)


def readings_in_order() -> Iterator[Reading]:
    """The whole log of readings, one person's after another's."""
    return Reading.objects.order_by("person_id", "number").iterator(chunk_size=2000)


def faults_of_readings(readings: Iterable[Reading] | None = None) -> Iterator[Fault]:
    """Walk every person's chain and every day's seal, and name what was changed, removed or put in.

    `number` of a fault is the reading's own key, or 0 when there is no reading to name.
    """
    ends = {chain.person_id: chain for chain in ReadChain.objects.order_by("person_id")}
    reached: dict[int, tuple[int, str]] = {}
    for reading in readings_in_order() if readings is None else readings:
        number, previous_hash = reached.get(reading.person_id, (0, GENESIS))
        if reading.number != number + 1:
            words = {"name": reading.person_name, "number": number + 1}
            yield Fault(reading.pk, _("Läsning %(number)s av %(name)s saknas före raden.") % words)
        elif reading.previous_hash != previous_hash:
            yield Fault(reading.pk, _("Raden pekar inte på personens rad före."))
        if digest_of_reading(reading) != reading.hash:
            yield Fault(reading.pk, _("Innehållet stämmer inte med radens kontrollsumma."))
        reached[reading.person_id] = (reading.number, reading.hash)
    for person_id in sorted(ends.keys() | reached.keys()):
        chain = ends.get(person_id)
        end = (chain.length, chain.last_hash) if chain else (0, GENESIS)
        if end != reached.get(person_id, (0, GENESIS)):
            words = {"person": person_id, "length": end[0]}
            yield Fault(0, _("Person %(person)s ska ha %(length)s läsningar, och den sista är en annan.") % words)
    yield from faults_of_seals()


def faults_of_seals() -> Iterator[Fault]:
    """Each sealed day against its readings, and each seal against the event that tells of it."""
    told = dict(
        Event.objects.filter(verb="readseal.sealed").order_by("number").values_list("target_id", "after__sha256")
    )
    for seal in ReadSeal.objects.order_by("day"):
        is_told = told.pop(seal.pk, "") == seal.sha256
        if not is_told or (seal.rows, seal.sha256) != digest_of_day(hashes_of_day(seal.day)):
            yield Fault(0, _("Läsningarna den %(day)s är inte de som förseglades.") % {"day": seal.day})
    for _key in told:
        yield Fault(0, _("Ett sigill som ändringsloggen nämner saknas."))
