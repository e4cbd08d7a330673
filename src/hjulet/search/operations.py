"""Writing the index. Only the machine does, and no event is recorded: the index says nothing that its rows do not say."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import translation

from hjulet.audit.models import Chain, Event
from hjulet.base.operations import operation, require
from hjulet.organisation.models import Person
from hjulet.search.fulltext import add_words, remove_words, remove_words_without_entry
from hjulet.search.models import Entry, Progress, Stem
from hjulet.search.sources import ROWS_AT_A_TIME, SOURCES, Source
from hjulet.search.words import stems_of, words_of

EVENTS_AT_A_TIME = 500


@operation
def catch_up(*, by: Person) -> int:
    """Index what the next events of the audit log were about; returns how many there were.

    Whoever holds the progress reads on from where the last one stopped: no event is forgotten and none is done twice.
    """
    require(by.is_machine)
    progress = held_progress()
    news = Event.objects.filter(number__gt=progress.event_number).order_by("number")
    events = list(news.values_list("number", "target_type", "target_id")[:EVENTS_AT_A_TIME])
    if events:
        index_about((label, key) for _number, label, key in events)
        progress.event_number = events[-1][0]
        progress.save()
    return len(events)


@operation
def start_over(*, by: Person) -> None:
    """Before all rows are indexed anew: what happens from now on is followed as usual."""
    require(by.is_machine)
    progress = held_progress()
    progress.event_number = sum(Chain.objects.values_list("length", flat=True))
    progress.save()


@operation
def index_rows(source: Source, keys: Collection[int], *, by: Person) -> None:
    """Put the rows in the index as they stand now, in place of what it said; those that are gone leave it."""
    require(by.is_machine)
    write(source, keys)


@operation
def remove_leftovers(*, by: Person) -> None:
    """After all rows are indexed anew: nothing stays that has no row."""
    require(by.is_machine)
    for source in SOURCES:
        row = source.rows().filter(pk=OuterRef("object_id"))
        Entry.objects.filter(~Exists(row), source=source.label).delete()
    Entry.objects.exclude(source__in=[source.label for source in SOURCES]).delete()
    remove_words_without_entry()


def held_progress() -> Progress:
    Progress.objects.get_or_create(pk=1)
    return Progress.objects.select_for_update().get(pk=1)


def index_about(happened: Iterable[tuple[str, int]]) -> None:
    """Index every row that may say something else now: those named, those that follow them, those they bear."""
    named = defaultdict(set)
    for label, key in happened:
        named[label].add(key)
    touched: dict[str, set[int]] = defaultdict(set)
    for label, keys in named.items():
        for source in SOURCES:
            if label == source.label:
                touched[label] |= keys
            elif label in source.follows:
                touched[source.label].update(source.rows_of(label, keys).values_list("pk", flat=True))
        for borne, key in Entry.objects.filter(bearer=label, bearer_id__in=keys).values_list("source", "object_id"):
            touched[borne].add(key)
    for source in SOURCES:
        rows = sorted(touched[source.label])
        for start in range(0, len(rows), ROWS_AT_A_TIME):
            write(source, rows[start : start + ROWS_AT_A_TIME])


def write(source: Source, keys: Collection[int]) -> None:
    earlier = Entry.objects.filter(source=source.label, object_id__in=keys)
    remove_words(list(earlier.values_list("pk", flat=True)))
    earlier.delete()
    rows = source.rows().filter(pk__in=keys).prefetch_related(*source.related)
    with translation.override(settings.LANGUAGE_CODE):
        entries = Entry.objects.bulk_create([entry_of(source, row) for row in rows])
    words = [(entry.pk, entry.kind, words_of(entry.title), words_of(entry.body)) for entry in entries]
    add_words(words)
    stems = {stem for _key, _kind, title, body in words for stem in stems_of([*title, *body])}
    Stem.objects.bulk_create(map(Stem, sorted(stems)), ignore_conflicts=True)


def entry_of(source: Source, row: Any) -> Entry:
    said, bearer = source.read(row), source.bearer(row)
    return Entry(
        source=source.label,
        object_id=row.pk,
        bearer=bearer._meta.label_lower,
        bearer_id=bearer.pk,
        kind=source.kind,
        unit=said.unit,
        title=said.title,
        body=said.body,
        day=said.day,
    )
