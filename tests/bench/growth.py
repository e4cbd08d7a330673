"""From two thousand rows of each kind to half a million in minutes: the first group copied by the database itself.

Each copy moves one unit further and gets owners of its own. What belongs to a row is copied with it, by adding the same
number to its key and to every key that points to it.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max, Model
from django.utils import timezone
from tqdm import tqdm

from hjulet.actions.models import Action, ActionStep, EffectCheck, ProgressNote
from hjulet.audit.models import Chain, Event, digest
from hjulet.base.commands import take_stock
from hjulet.monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring.models import OccurrenceStep
from hjulet.organisation.models import Person, Unit
from hjulet.planning.models import Assessment, Risk, RiskAnalysis
from hjulet.search.fulltext import CREATE
from hjulet.search.keeping import index_anew
from hjulet.search.models import Entry, Progress
from tests.bench import place, rulebook
from tests.bench.copies import count_on
from tests.bench.place import GROUP, PEOPLE, UNITS
from tests.demo import truths

COPIES_AT_A_TIME = 10
EVENTS_AT_A_TIME = 5_000
SEARCHED = (Action, Risk, Control, Occurrence)
BELONGING = (ActionStep, ProgressNote, EffectCheck, Assessment, Risk.actions.through, OccurrenceStep)
COPIED = (*SEARCHED, *BELONGING)
LOGGED = {Action: "action.planned", Risk: "risk.identified", Occurrence: "occurrence.planned"}


@dataclass(frozen=True)
class Bounds:
    """The keys of the first group, by table: the last before it and its own last; and where units and people begin."""

    before: dict[str, int]
    last: dict[str, int]
    unit: int
    person: int
    analysis: int


def build(file: Path) -> None:
    """The municipality with the first group, and in `file` the bounds of the group for those who let it grow."""
    place.build()
    before, here = last_keys(), place.find()
    place.add_group(here)
    index_anew()
    rulebook.fill(here, rulebook.FEW)
    first = RiskAnalysis.objects.get(unit=here.units[0], year=here.years[0])
    bounds = Bounds(before, last_keys(), here.units[0].pk, here.people[0].pk, first.pk)
    file.write_text(json.dumps(asdict(bounds)))
    log_rows_after(bounds.before)
    require_truths()
    take_stock()


def grow(rows: int, file: Path) -> None:
    """From the first group to so many rows of each kind."""
    bounds = Bounds(**json.loads(file.read_text()))
    if rows == GROUP:
        return
    with connection.cursor() as cursor:
        for pragma in ("cache_size=-400000", "synchronous=OFF", "temp_store=FILE", "foreign_keys=OFF"):
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA {pragma}")
        if connection.vendor == "postgresql":
            cursor.execute("DROP INDEX search_words_words")
            cursor.execute("SET session_replication_role = replica")  # keys are right by how they are made
        starts = range(1, rows // GROUP, COPIES_AT_A_TIME)
        for start in tqdm(starts, desc="rows", unit=f"{COPIES_AT_A_TIME * GROUP} rows", file=sys.stderr):
            end = min(start + COPIES_AT_A_TIME, rows // GROUP) - 1
            with transaction.atomic():
                for statement in statements(bounds):
                    cursor.execute(statement, [start, end])
        count_on(*COPIED, Entry)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute(CREATE["postgresql"][1])
    rulebook.fill(place.find(), rulebook.MANY)
    log_rows_after(bounds.last)
    require_truths()
    take_stock()


def require_truths() -> None:
    """What is measured must be as the operations would have it: what a row repeats of another is what the other says."""
    for untrue in (
        truths.risks_of_another_year,
        truths.occurrences_of_another_unit,
        truths.documents_decided_otherwise,
    ):
        if untrue().exists():
            raise RuntimeError(f"{untrue.__name__}: {untrue().count()}")


def statements(bounds: Bounds) -> Iterator[str]:
    """What copies the group, copies number %s to %s at once."""
    for model in COPIED:
        values = {field.column: column_of(field, bounds) for field in model._meta.concrete_fields}
        yield copied(model._meta.db_table, values, f"id > {bounds.before[model._meta.label]}", bounds, model)
    yield copied("search_entry", entry_columns(bounds), searched(bounds), bounds, Entry)
    words = {
        "sqlite": ("rowid", ("title", "title_stems", "body", "body_stems")),
        "postgresql": ("id", ("words",)),
    }
    key, texts = words[connection.vendor]
    values = {key: f"{key} + n * {bounds.last[Entry._meta.label]}"} | {text: text for text in texts}
    ours = f"{key} IN (SELECT id FROM search_entry WHERE {searched(bounds)} AND id <= {bounds.last[Entry._meta.label]})"
    yield copied("search_words", values, ours, bounds)


def copied(table: str, values: dict[str, str], which: str, bounds: Bounds, model: type[Model] | None = None) -> str:
    until = f" AND id <= {bounds.last[model._meta.label]}" if model else ""
    return (
        "WITH RECURSIVE copy(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM copy WHERE n < %s)"
        f" INSERT INTO {table} ({', '.join(values)})"
        f" SELECT {', '.join(values.values())} FROM copy CROSS JOIN {table} WHERE {which}{until}"
    ).replace("%s", "CAST(%s AS INTEGER)")


def column_of(field, bounds: Bounds) -> str:
    """The column as the copy has it."""
    name, points_to = f'"{field.column}"', field.related_model
    if field.primary_key:
        return f"{name} + n * {bounds.last[field.model._meta.label]}"
    if points_to in COPIED:
        return f"{name} + n * {bounds.last[points_to._meta.label]}"
    if points_to is Unit:
        return turned(name, bounds.unit, UNITS, "n")
    if points_to is RiskAnalysis:
        in_year = f"({name} - {bounds.analysis})"
        return f"{bounds.analysis} + {in_year} / {UNITS} * {UNITS} + ({in_year} + n) %% {UNITS}"
    if points_to is Person and field.name == "owner_person":
        return turned(name, bounds.person, PEOPLE, "n * 37")
    if field.name == "area_number":
        return f"{name} + n"
    if field.name == "due_date" and field.model is Action:
        return {"sqlite": f"date({name}, (n %% 28) || ' days')", "postgresql": f"{name} + n %% 28"}[connection.vendor]
    return name


def turned(name: str, first: int, count: int, by: str) -> str:
    return f"{first} + ({name} - {first} + {count} + {by}) %% {count}"


def entry_columns(bounds: Bounds) -> dict[str, str]:
    moved = " ".join(f"WHEN '{label_of(model)}' THEN {bounds.last[model._meta.label]}" for model in SEARCHED)
    values = {field.column: column_of(field, bounds) for field in Entry._meta.concrete_fields}
    return values | {name: f"{name} + n * CASE source {moved} END" for name in ("object_id", "bearer_id")}


def searched(bounds: Bounds) -> str:
    return "(" + " OR ".join(
        f"source = '{label_of(model)}' AND object_id BETWEEN {bounds.before[model._meta.label] + 1}"
        f" AND {bounds.last[model._meta.label]}" for model in SEARCHED
    ) + ")"  # fmt: skip


def label_of(model: type[Model]) -> str:
    return model._meta.label_lower


def last_keys() -> dict[str, int]:
    return {model._meta.label: last_key(model) for model in (*COPIED, Entry)}


def last_key(model: type[Model]) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0


def log_rows_after(keys: dict[str, int]) -> None:
    """One event in the audit log for each row with a later key, chained as the operations do it."""
    chain, now = Chain.objects.get(pk=1), timezone.now()
    machine = Person.objects.machine()
    for model, verb in LOGGED.items():
        units = "analysis__unit" if model is Risk else "control__unit" if model is Occurrence else "unit"
        rows = model._base_manager.filter(pk__gt=keys[model._meta.label]).order_by("pk").values_list("pk", units)
        events = []
        for key, unit in tqdm(rows.iterator(EVENTS_AT_A_TIME), desc=verb, unit="event", file=sys.stderr):
            event = Event(
                number=chain.length + 1,
                at=now,
                actor_id=machine.pk,
                actor_name=machine.name,
                verb=verb,
                target_type=label_of(model),
                target_id=key,
                unit_id=unit,
                previous_hash=chain.last_hash,
            )
            event.hash = digest(event)
            chain.last_hash, chain.length = event.hash, event.number
            events.append(event)
            if len(events) == EVENTS_AT_A_TIME:
                Event.objects.bulk_create(events)
                events = []
        Event.objects.bulk_create(events)
    chain.save()
    Progress.objects.update(event_number=chain.length)
