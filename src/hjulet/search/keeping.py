"""The index in step with the rows: after each commit by itself, and all of it anew on command."""

from collections.abc import Callable

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

    `done` hears how many rows each piece had.
    """
    machine = Person.objects.machine()
    start_over(by=machine)
    for source in SOURCES:
        last = 0
        while keys := list(source.rows().filter(pk__gt=last).values_list("pk", flat=True)[:ROWS_AT_A_TIME]):
            index_rows(source, keys, by=machine)
            last = keys[-1]
            done(len(keys))
    remove_leftovers(by=machine)
