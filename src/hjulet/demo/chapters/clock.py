"""The clock of the last ten weeks: what it told people, and what they have read of it."""

from collections.abc import Iterator
from datetime import timedelta

from hjulet.collaboration.clock.running import run_duties
from hjulet.collaboration.notices.operations import mark_all_read
from hjulet.demo.days import DAY
from hjulet.demo.world import Event, World
from hjulet.organisation.models import Person

BEGAN = timedelta(weeks=10)
READ = timedelta(days=16)


def events(world: World) -> Iterator[Event]:
    """It goes every day, as the first thing that happens."""
    today = world.calendar.today
    for number in range(BEGAN.days + 1):
        yield Event(today - BEGAN + number * DAY, go_round)
    yield Event(today - READ, read)


def go_round() -> None:
    """Nobody keeps copies of the nights of a story."""
    run_duties(by=Person.objects.machine(), without=frozenset({"backup"}))


def read() -> None:
    for person in Person.objects.filter(notices__isnull=False).distinct():
        mark_all_read(by=person)
