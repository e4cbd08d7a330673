from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import Length, RowNumber

from hjulet.audit.models import Chain
from hjulet.organisation.models import Person
from hjulet.search.asking import Term, has_part, terms_of, tiers_of, widened
from hjulet.search.fulltext import Holds, Words, floor_of, of_kind
from hjulet.search.models import Entry, Kind, Progress, Stem
from hjulet.search.passages import Marker, Piece
from hjulet.search.sources import BEARERS, SOURCES

SHOWN_OF_EACH = 5
ROWS_PER_PAGE = 20
MOST_COMPOUNDS = 50
MOST_EXAMINED = 5_000
BEST_FIRST = (F("tier").asc(), F("day").desc(), F("pk").desc())


@dataclass(frozen=True)
class Hit:
    """A row that was found: its title and the passage in pieces, some of them marked."""

    title: list[Piece]
    passage: list[Piece]
    url: str
    unit: str
    day: date


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many in all, and those that are shown."""

    kind: Kind
    count: int
    hits: list[Hit]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.hits)


@dataclass(frozen=True)
class Results:
    """What the page shows. `page` is there when one kind was asked for.

    `is_cut` says that the words stand in more than `MOST_EXAMINED` rows, so that only so many were looked at.
    """

    asked: str
    has_terms: bool
    groups: list[Group]
    page: Page | None = None
    is_cut: bool = False

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def is_behind() -> bool:
    """Whether something has been committed that the index does not know."""
    reached = Progress.objects.filter(event_number=OuterRef("length"))
    return Chain.objects.filter(~Exists(reached), length__gt=0).exists()


def search(person: Person, asked: str, *, kind: str = "", page: str | int = 1) -> Results:
    """What the person may see of all that was asked for, by kind; all of one kind a page at a time.

    Five statements besides reading the person's roles, six for one kind, whatever is found.
    """
    asked = " ".join(asked.replace("\0", " ").split())
    terms = with_wider(terms_of(asked))
    if not terms:
        return Results(asked, has_terms=False, groups=[])
    *better, least = tiers_of(terms)
    is_one_kind = kind in Kind.values
    if is_one_kind:
        least = [of_kind(kind), *least]
    floor = floor_of(least, MOST_EXAMINED)
    holding = Entry.objects.filter(Holds(least, floor))
    found = with_tier(visible_to(person, holding), better, floor)
    if is_one_kind:
        results = one_kind(found, asked, terms, Kind(kind), page)
    else:
        results = Results(asked, has_terms=True, groups=groups_of(found, terms))
    return replace(results, is_cut=floor > 0)


def with_wider(terms: list[Term]) -> list[Term]:
    """The terms with the compounds that the index knows. The shortest come first: they are nearest."""
    parts = Q(pk__in=())
    for term in terms:
        if not term.is_phrase and has_part(term.part, term.part):
            parts |= Q(text__contains=term.part)
    known = list(
        Stem.objects.filter(parts).order_by(Length("text"), "text").values_list("text", flat=True)[:MOST_COMPOUNDS]
    )
    return [widened(term, known) for term in terms]


def visible_to(person: Person, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those whose bearer the person may see today, by its own rule, and that are not withdrawn.

    Only the rules of the bearers that are among the entries are asked: to spell out all of them takes longer than most
    searches. What is borne by a kind without a rule here is found by nobody. The kind comes first in each condition,
    since PostgreSQL asks in the order it is told.
    """
    present = list(entries.values_list("bearer", "source").distinct())
    seen = Q(pk__in=())
    for label in BEARERS.keys() & {bearer for bearer, _source in present}:
        row = BEARERS[label].visible_to(person).filter(pk=OuterRef("bearer_id"))
        seen |= Q(bearer=label) & Q(Exists(row.order_by()))
    for source in SOURCES:
        if source.stands and source.label in {label for _bearer, label in present}:
            row = source.rows().filter(pk=OuterRef("object_id"))
            seen &= ~Q(source=source.label) | Q(Exists(row.order_by()))
    return entries.filter(seen)


def with_tier(entries: QuerySet[Entry], better: Sequence[list[Words]], floor: int) -> QuerySet[Entry]:
    """Each with the number of the best tier that it meets, and the one after them all when it meets none."""
    tier = Case(
        *(When(Holds(demands, floor), then=Value(place)) for place, demands in enumerate(better)),
        default=Value(len(better)),
        output_field=IntegerField(),
    )
    return entries.annotate(tier=tier)


def groups_of(found: QuerySet[Entry], terms: Sequence[Term]) -> list[Group]:
    best = found.annotate(
        place=Window(RowNumber(), partition_by=F("kind"), order_by=BEST_FIRST),
        total=Window(Count("pk"), partition_by=F("kind")),
    ).filter(place__lte=SHOWN_OF_EACH)
    rows = list(best.order_by("kind", "place").values_list("kind", "pk", "total"))
    hits = hits_of([key for _kind, key, _total in rows], terms)
    totals = {kind: total for kind, _key, total in rows}
    return [
        Group(kind, totals[kind], [hits[key] for of_kind, key, _total in rows if of_kind == kind])
        for kind in Kind
        if kind in totals
    ]


def one_kind(found: QuerySet[Entry], asked: str, terms: Sequence[Term], kind: Kind, page: str | int) -> Results:
    keys = found.order_by(*BEST_FIRST).values_list("pk", flat=True)
    shown = Paginator(keys, ROWS_PER_PAGE).get_page(page)
    hits = hits_of(list(shown), terms)
    groups = [Group(kind, shown.paginator.count, list(hits.values()))] if hits else []
    return Results(asked, has_terms=True, groups=groups, page=shown)


def hits_of(keys: list[int], terms: Sequence[Term]) -> dict[int, Hit]:
    """The entries with their passages, in the order of the keys."""
    marker = Marker(terms)
    entries = Entry.objects.select_related("unit").in_bulk(keys)
    return {key: hit_of(entries[key], marker) for key in keys}


def hit_of(entry: Entry, marker: Marker) -> Hit:
    return Hit(
        title=marker.marked(entry.title),
        passage=marker.passage(entry.body),
        url=BEARERS[entry.bearer].address(entry.bearer_id),
        unit=entry.unit.name if entry.unit else "",
        day=entry.day,
    )
