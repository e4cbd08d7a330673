from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from hjulet.organisation.models import Person, Unit
from hjulet.planning.competence import rules
from hjulet.planning.competence.models import GATE, Competence, CompetenceCount, CompetenceNeed
from hjulet.planning.leads.queries import LedTo, led_to

MOST_ROWS = 2_000


@dataclass(frozen=True)
class Counted:
    """One count as the person may see it; `have` is None where the group is too small to be shown."""

    counted_date: date
    needed: int
    have: int | None
    headcount: int | None
    note: str
    by: str


@dataclass(frozen=True)
class NeedPage:
    """What the page of one need shows to one person."""

    need: CompetenceNeed
    counts: list[Counted]
    led_to: LedTo
    may_change: bool
    obstacle: str | None


@dataclass(frozen=True)
class MapRow:
    """One role in one unit, with a cell for each competence of the map; two needs where two units became one."""

    unit: Unit
    role_title: str
    cells: list[list[CompetenceNeed]]


@dataclass(frozen=True)
class Map:
    competences: list[Competence]
    rows: list[MapRow]
    is_cut: bool


def needs_visible_to(person: Person) -> QuerySet[CompetenceNeed]:
    """Where every page about competence starts, with the figures that the person may see."""
    visible = CompetenceNeed.objects.visible_to(person).shown_to(person)
    return visible.select_related("unit", "owner_person", "competence")


def need_page(person: Person, need: CompetenceNeed) -> NeedPage:
    may_change = rules.may_change(person, need)
    obstacle = rules.obstacle_to_changing(need)
    counts = need.counts.select_related("by").order_by("-counted_date", "-pk")
    return NeedPage(
        need=need,
        counts=[as_shown(count, is_own=may_change) for count in counts],
        led_to=led_to(person, need, may_lead=True, obstacle=obstacle),
        may_change=may_change,
        obstacle=obstacle,
    )


def as_shown(count: CompetenceCount, *, is_own: bool) -> Counted:
    """Each count by its own day: the group may have been smaller then. What was noted may tell the figure."""
    is_shown = is_own or GATE.lets_through(count.headcount)
    return Counted(
        counted_date=count.counted_date,
        needed=count.needed,
        have=count.have if is_shown else None,
        headcount=count.headcount if is_shown else None,
        note=count.note if is_shown else "",
        by=count.by.name,
    )


def map_of(needs: QuerySet[CompetenceNeed]) -> Map:
    """Units and roles down, competences across; drawn of the needs that stand."""
    found = list(needs.standing().order_by("unit__path", "role_title", "pk")[: MOST_ROWS + 1])
    across = sorted({need.competence for need in found}, key=lambda row: (row.order, row.name))
    return Map(across, list(rows_of(found[:MOST_ROWS], across)), len(found) > MOST_ROWS)


def rows_of(needs: list[CompetenceNeed], across: list[Competence]) -> Iterable[MapRow]:
    for _place, row in groupby(needs, key=lambda need: (need.unit_id, need.role_title)):
        of_row = list(row)
        cells = [[need for need in of_row if need.competence_id == competence.pk] for competence in across]
        yield MapRow(of_row[0].unit, of_row[0].role_title, cells)


def latest_count(need: CompetenceNeed) -> CompetenceCount | None:
    return need.counts.order_by("-counted_date", "-pk").first()
