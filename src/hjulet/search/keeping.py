"""The index in step with the rows: after each commit by itself, and all of it anew on command."""

from collections.abc import Callable

from hjulet.base.parts import find_parts_anew
from hjulet.organisation.models import Person
from hjulet.search.operations import catch_up, index_rows, remove_leftovers, start_over
from hjulet.search.queries import is_behind
from hjulet.search.sources import ROWS_AT_A_TIME, SOURCES


def keep_up() -> None:
    """Follow the audit log a piece further. One statement when somebody else has already done it."""
    if is_behind():
        catch_up(by=Person.objects.machine())


def count_of_rows() -> int:
    return sum(source.rows().count() for source in SOURCES)


def index_anew(done: Callable[[int], object] = lambda _rows: None) -> None:
    """Index all rows a piece at a time, each in a transaction of its own: people search and save meanwhile.

    The next piece is of the kind that has most left, so that the last entries are of every kind: a search for a word
    that stands nearly everywhere looks at no others. `done` hears how many rows each piece had.
    """
    find_parts_anew()
    machine = Person.objects.machine()
    start_over(by=machine)
    left = {source.label: source.rows().count() for source in SOURCES}
    reached = dict.fromkeys(left, 0)
    while left:
        source = max((source for source in SOURCES if source.label in left), key=lambda source: left[source.label])
        keys = list(source.rows().filter(pk__gt=reached[source.label]).values_list("pk", flat=True)[:ROWS_AT_A_TIME])
        if not keys:
            del left[source.label]
            continue
        index_rows(source, keys, by=machine)
        left[source.label] -= len(keys)
        reached[source.label] = keys[-1]
        done(len(keys))
    remove_leftovers(by=machine)
