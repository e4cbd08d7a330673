"""The two years in the order in which they happened, and the building of them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction

from hjulet.demo.chapters import (
    actions,
    agreements,
    clock,
    competence,
    controls,
    delegations,
    documents,
    duties,
    follow_ups,
    goals,
    ideas,
    indicators,
    known,
    laws,
    links,
    participation,
    places,
    plans,
    processes,
    registers,
    reorganisations,
    responsibilities,
    risks,
    secrecy,
    sign_on,
    talk,
)
from hjulet.demo.days import Calendar, morning_of, set_to
from hjulet.demo.world import Event, World

# Events of one day happen in the order of the chapters.
CHAPTERS = (
    places,
    clock,
    goals,
    documents,
    known,
    risks,
    actions,
    controls,
    duties,
    agreements,
    processes,
    indicators,
    plans,
    follow_ups,
    participation,
    ideas,
    competence,
    registers,
    sign_on,
    reorganisations,
    laws,
    links,
    talk,
    secrecy,
    responsibilities,
    delegations,
)
BETWEEN_EVENTS = timedelta(minutes=3)

Timed = tuple[datetime, Event]


def build(calendar: Calendar, *, progress: Callable[[list[Timed]], Iterable[Timed]] = iter) -> None:
    """Make the municipality and its two years as far as they have come: all of it, or nothing.

    `progress` may watch the events as they happen.
    """
    with transaction.atomic():
        world = World(calendar)
        with set_to(morning_of(calendar.working_day(places.INSTALLED))):
            places.found(world)
        for moment, event in progress(story(world)):
            with set_to(moment):
                event.do()


def story(world: World) -> list[Timed]:
    """Everything that has happened until today, each event at its moment."""
    told = [event for chapter in CHAPTERS for event in chapter.events(world)]
    happened = sorted((event for event in told if event.day <= world.calendar.today), key=attrgetter("day"))
    return [
        (morning_of(day) + number * BETWEEN_EVENTS, event)
        for day, together in groupby(happened, key=attrgetter("day"))
        for number, event in enumerate(together, start=1)
    ]
