"""What a year at a nämnd asks for, month by month: duties one by one; controls, measurements and actions as numbers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dates import MONTHS

from hjulet.monitoring.recurring_duties.models import DutyOccurrence
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.reporting.year_wheel.agreement_days import days_of, entry_of_day
from hjulet.reporting.year_wheel.counting import Asked, counts, duties, sifted
from hjulet.reporting.year_wheel.layers import MONTHLY, Layer, rows_of
from hjulet.reporting.year_wheel.milestones import Entry, milestones_of
from hjulet.reporting.year_wheel.standings import COLORS, COUNTED, Standing, standing_of
from hjulet.rulebook.agreements.models import Agreement
from hjulet.rulebook.agreements.queries import agreements_with_a_day_between

MOST_ON_A_PAGE = 200
MOST_IN_A_FILE = 2000


@dataclass(frozen=True)
class Addresses:
    """Where the rows behind a number are listed."""

    committee: Unit
    year: int
    asked: Asked

    def rows(self, layer: Layer, month: int) -> str:
        unit = self.asked.unit or self.committee
        return rows_of(layer, self.year, month, unit=unit.pk, only_mine=self.asked.only_mine)


@dataclass(frozen=True)
class Tally:
    """How many things of a layer stand how in a month; they are told as a number and listed on a page of their own."""

    layer: Layer
    month: int
    counts: dict[Standing, int]
    url: str

    @property
    def told(self) -> list[tuple[Standing, int]]:
        return [(standing, self.counts[standing]) for standing in COUNTED if self.counts.get(standing)]

    @property
    def tags(self) -> list[tuple[Standing, int, str]]:
        return [(standing, count, COLORS[standing]) for standing, count in self.told]


@dataclass(frozen=True)
class MonthOfYear:
    """`counts` covers everything in the month, also what did not find room among the entries."""

    number: int
    entries: list[Entry]
    tallies: list[Tally]
    counts: Counter[Standing]

    @property
    def name(self) -> str:
        return str(MONTHS[self.number]).capitalize()


@dataclass(frozen=True)
class Year:
    """`undated` is what the year asks for without a day; `has_more` when not every duty found room."""

    committee: Unit
    year: int
    today: date
    months: list[MonthOfYear]
    undated: list[Entry]
    has_more: bool

    @property
    def this_month(self) -> MonthOfYear | None:
        """None in a year that is not this one."""
        return self.months[self.today.month - 1] if self.today.year == self.year else None

    @property
    def total(self) -> int:
        return sum(month.counts.total() for month in self.months)

    @property
    def late(self) -> int:
        return sum(month.counts[Standing.LATE] for month in self.months)


def units_of(person: Person, committee: Unit) -> QuerySet[Unit]:
    """The units of the nämnd whose year the person may follow."""
    reach = units_within_reach(person, Permission.CONTROLS_READ)
    return reach.filter(path__startswith=committee.path).order_by("path")


def year_of(
    person: Person,
    committee: Unit,
    year: int,
    asked: Asked,
    *,
    most: int = MOST_ON_A_PAGE,
    day: date | None = None,
) -> Year:
    """The year of one nämnd as this person may see it: a fixed number of statements, whatever the year holds."""
    today = day or timezone.localdate()
    occurrences = list(duties(person, committee, year, asked)[: most + 1]) if asked.has_duties else []
    found = [entry_of(occurrence, today) for occurrence in occurrences[:most]]
    is_for_all = not (asked.only_mine or asked.role or asked.unit)
    milestones = milestones_of(person, committee, year, today) if asked.has_planning and is_for_all else []
    agreed = list(agreements(person, committee, year, asked)[: most + 1]) if asked.has_agreements else []
    milestones += agreement_entries(agreed[:most], year, today)
    entries = sorted([*found, *milestones], key=lambda entry: (entry.day or date.max, entry.title))
    counted = counts(person, committee, year, asked, today)
    return Year(
        committee=committee,
        year=year,
        today=today,
        months=list(months_of(entries, milestones, counted, Addresses(committee, year, asked))),
        undated=[entry for entry in entries if month_in(entry, year) is None],
        has_more=len(occurrences) > most or len(agreed) > most,
    )


def months_of(
    entries: list[Entry], milestones: list[Entry], counted: dict[tuple, int], addresses: Addresses
) -> Iterator[MonthOfYear]:
    for number in range(1, 13):
        sums: Counter[Standing] = Counter()
        by_layer: dict[Layer, dict[Standing, int]] = {}
        for (layer, month, standing), count in counted.items():
            if month == number:
                sums[standing] += count
                by_layer.setdefault(layer, {})[standing] = count
        told = [entry for entry in milestones if month_in(entry, addresses.year) == number]
        sums.update(entry.standing for entry in told if entry.standing in COUNTED)
        yield MonthOfYear(
            number=number,
            entries=[entry for entry in entries if month_in(entry, addresses.year) == number],
            tallies=[
                Tally(layer, number, by_layer[layer], addresses.rows(layer, number))
                for layer in MONTHLY
                if layer in by_layer
            ],
            counts=sums,
        )


def month_in(entry: Entry, year: int) -> int | None:
    """The month of the year in which the entry has its day; None when that is another year, or it has none."""
    return entry.day.month if entry.day and entry.day.year == year else None


def agreements(person: Person, committee: Unit, year: int, asked: Asked) -> QuerySet[Agreement]:
    rows = agreements_with_a_day_between(person, date(year, 1, 1), date(year, 12, 31))
    return sifted(rows, "", person, committee, asked)


def agreement_entries(rows: list[Agreement], year: int, today: date) -> list[Entry]:
    """One for each day of theirs in the year."""
    found = [day for agreement in rows for day in days_of(agreement, today)]
    return [entry_of_day(day) for day in found if day.day.year == year]


def entry_of(occurrence: DutyOccurrence, today: date) -> Entry:
    duty = occurrence.duty
    is_done = occurrence.state == DutyState.DONE
    standing = standing_of(is_done=is_done, begins=occurrence.begins_date, due=occurrence.due_date, today=today)
    return Entry(
        day=occurrence.due_date,
        kind=str(duty.get_kind_display()),
        title=duty.title,
        unit=occurrence.unit_name,
        owner=duty.owner,
        standing=Standing.SET_ASIDE if occurrence.state == DutyState.NOT_APPLICABLE else standing,
        url=occurrence.get_absolute_url(),
    )
