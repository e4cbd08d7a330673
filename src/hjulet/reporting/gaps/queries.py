from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units.models import lies_below
from hjulet.reporting.gaps.kinds import BY_KEY, SOURCES, Kind, Source


@dataclass(frozen=True)
class Counted:
    """A kind of gap and how many of it the person sees."""

    kind: Kind
    count: int


@dataclass(frozen=True)
class GapsPage:
    """Every kind with its number, and the rows of the one that is shown."""

    kinds: list[Counted]
    source: Source
    kind: Kind
    rows: QuerySet

    @property
    def is_whole(self) -> bool:
        """Nothing is missing anywhere."""
        return not any(counted.count for counted in self.kinds)


def gaps_page(person: Person, key: str, unit: Unit | None, *, day: date | None = None) -> GapsPage:
    """Of the kind asked for, else of the first that has any; in the unit and below it when one is given."""
    today = day or timezone.localdate()
    kinds = [found for source in SOURCES for found in counted(source, rows_of(source, person, unit, today), today)]
    first = next((found.kind for found in kinds if found.count), kinds[0].kind)
    source, kind = BY_KEY.get(key) or BY_KEY[first.key]
    return GapsPage(kinds, source, kind, rows_of(source, person, unit, today).filter(kind.lacks(today)))


def rows_of(source: Source, person: Person, unit: Unit | None, day: date) -> QuerySet:
    rows = source.rows(person, day.year)
    return rows.filter(lies_below(unit, source.unit)) if unit else rows


def counted(source: Source, rows: QuerySet, day: date) -> list[Counted]:
    """All the kinds of a source in one statement."""
    lacking = {kind.key: Count("pk", filter=kind.lacks(day)) for kind in source.kinds}
    counts = rows.order_by().aggregate(**lacking)
    return [Counted(kind, counts[kind.key]) for kind in source.kinds]
