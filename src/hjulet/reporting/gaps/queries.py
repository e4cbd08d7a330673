from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, QuerySet, Value
from django.utils import timezone

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.units.models import lies_below
from hjulet.reporting.gaps.kinds import BY_KEY, SOURCES
from hjulet.reporting.gaps.shape import Kind, Source

# To read one of these is to see a piece of the thread.
READ = (
    Permission.GOALS_READ,
    Permission.RISKS_READ,
    Permission.PLANS_READ,
    Permission.ACTIONS_READ,
    Permission.CONTROLS_READ,
    Permission.READ_LOG_REVIEW,
    Permission.PARTICIPATION_READ,
    Permission.IDEAS_READ,
    Permission.COMPETENCE_READ,
)
MOST_KINDS = max(len(source.kinds) for source in SOURCES)
NONE = [0] * MOST_KINDS


@dataclass(frozen=True)
class Counted:
    """A kind of gap and how many of it the person sees."""

    kind: Kind
    count: int


@dataclass(frozen=True)
class GapsPage:
    """Every kind with its number, and the rows of the one that is shown.

    Whoever `sees_nothing` of the thread learns nothing from there being no gaps.
    """

    kinds: list[Counted]
    source: Source
    kind: Kind
    rows: QuerySet
    sees_nothing: bool
    is_everywhere: bool

    @property
    def count(self) -> int:
        return sum(counted.count for counted in self.kinds)


def gaps_page(person: Person, key: str, unit: Unit | None, *, day: date | None = None) -> GapsPage:
    """Of the kind asked for, else of the first that has any; in the unit and below it when one is given."""
    today = day or timezone.localdate()
    kinds = counted(person, unit, today)
    first = next((found.kind for found in kinds if found.count), kinds[0].kind)
    source, kind = BY_KEY.get(key) or BY_KEY[first.key]
    return GapsPage(
        kinds,
        source,
        kind,
        rows_of(source, person, unit, today).filter(kind.lacks(today)),
        not sees_any(person),
        unit is None,
    )


def gaps_count(person: Person) -> int:
    """How many places the person sees where the thread is broken; one statement."""
    return sum(found.count for found in counted(person, None, timezone.localdate()))


def sees_any(person: Person) -> bool:
    return any(holds_anywhere(person, permission) for permission in READ)


def rows_of(source: Source, person: Person, unit: Unit | None, day: date) -> QuerySet:
    rows = source.rows(person, day.year)
    return rows.filter(lies_below(unit, source.unit or "pk")) if unit else rows


def counted(person: Person, unit: Unit | None, day: date) -> list[Counted]:
    """All the kinds of all sources in one statement, which reads each source once.

    A source that the person sees nothing of falls out of it.
    """
    first, *others = (
        lacking(number, source, rows_of(source, person, unit, day), day) for number, source in enumerate(SOURCES)
    )
    counts = {number: found for number, *found in first.union(*others, all=True)}
    return [
        Counted(kind, count)
        for number, source in enumerate(SOURCES)
        for kind, count in zip(source.kinds, counts.get(number) or NONE, strict=False)
    ]


def lacking(number: int, source: Source, rows: QuerySet, day: date) -> QuerySet:
    """One row: the number of the source and how many lack what, filled up so that all sources have as many columns."""
    names = [f"lacking_{place}" for place in range(MOST_KINDS)]
    filled = dict.fromkeys(names, Value(0, output_field=IntegerField()))
    counts = {name: Count("pk", filter=kind.lacks(day)) for name, kind in zip(names, source.kinds, strict=False)}
    of_source = rows.order_by().annotate(source_number=Value(number)).values("source_number")
    return of_source.annotate(**filled | counts).values_list("source_number", *names)
