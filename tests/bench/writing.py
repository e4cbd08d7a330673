"""Two hundred people who save, all at once and again and again, against the real server; and what became of it."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from time import monotonic, perf_counter
from typing import Any

from django.db.models import Min
from django.test import Client
from django.urls import reverse
from tqdm import tqdm

from hjulet.actions.models import Action, ProgressNote
from hjulet.audit.models import Chain, Event
from hjulet.audit.queries import faults_of_chain
from hjulet.organisation.models import Person
from tests.bench.measuring import last_twentieth
from tests.bench.server import Server, server

PEOPLE = 200


@dataclass(frozen=True)
class Writer:
    """The manager of a unit, logged in, and an open action of the unit."""

    session: str
    page: str


@dataclass
class Written:
    """What one writer was told: the texts that were taken, how long each took, and what went wrong."""

    texts: list[str]
    times: list[float]
    faults: list[str]


def write_for(seconds: int, environment: dict[str, str]) -> dict[str, Any]:
    """Figures of the whole; `lost` are texts that were taken and are not there, `broken` faults of the audit chain."""
    events = Chain.objects.get().length
    with server(environment, "--no-clock") as running:
        writers = [*tqdm(writers_of(PEOPLE), total=PEOPLE, desc="log in", unit="person", file=sys.stderr)]
        end = monotonic() + seconds
        with ThreadPoolExecutor(PEOPLE) as people:
            written = list(people.map(lambda one: keep_saving(one, running, end), writers))
    times = [time for one in written for time in one.times]
    taken = {text for one in written for text in one.texts}
    there = set(ProgressNote.objects.filter(text__startswith="Sparat ").values_list("text", flat=True))
    return {
        "people": len(writers),
        "saved": len(taken),
        "per_second": len(taken) / seconds,
        "p50": median(times),
        "p95": last_twentieth(times),
        "errors": [fault for one in written for fault in one.faults],
        "lost": len(taken - there),
        "logged": Event.objects.filter(number__gt=events).count(),
        "broken": len(list(faults_of_chain())),
    }


def writers_of(count: int):
    managers = Person.objects.filter(role_assignments__role="unit_manager", name__startswith="Person ")
    actions = Action.objects.filter(state="ongoing").values("unit").annotate(action=Min("pk"))
    action_of = dict(actions.values_list("unit", "action"))
    for person, unit in managers.order_by("pk").values_list("pk", "role_assignments__unit"):
        if count and unit in action_of:
            count -= 1
            client = Client(headers={"host": "localhost"})
            client.force_login(Person.objects.get(pk=person))
            page = reverse("actions:note_progress", args=[action_of[unit]])
            yield Writer(client.cookies["sessionid"].value, page)


def keep_saving(writer: Writer, running: Server, end: float) -> Written:
    browser, written = running.browser(writer.session), Written([], [], [])
    while monotonic() < end:
        text = f"Sparat {writer.page} {len(written.times)} {perf_counter()}"
        start = perf_counter()
        try:
            browser.post(writer.page, text=text)
            written.texts.append(text)
        except (OSError, RuntimeError) as fault:
            written.faults.append(str(fault))
        written.times.append((perf_counter() - start) * 1000)
    browser.connection.close()
    return written
