"""Lists as data: the same columns make the page, its sorting and its Excel file."""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters import FilterSet

from hjulet.base.expressions import without_conditions
from hjulet.base.statements import Statements

ROWS_PER_PAGE = 50
MOST_COUNTED = 5_000
FEW = 1_000
LAST = "last"
STATEMENTS = Statements(1_000)


@dataclass(frozen=True)
class Link:
    """A cell that leads to a row's page or to an address; in Excel its text, so no address is made there.

    `warning` stands as a tag beside it; a file that is read back in has the text alone.
    """

    text: Any
    to: Model | str
    warning: Any = ""

    @property
    def href(self) -> str:
        return self.to if isinstance(self.to, str) else self.to.get_absolute_url()

    def __str__(self):
        return str(self.text)


@dataclass(frozen=True)
class Tag:
    """A cell with word, number, shape and colour; in Excel number and word."""

    text: Any
    color: str = "neutral"
    number: Any = ""

    def __str__(self):
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class Deadline:
    """A day that may have passed; only a waiting thing is late."""

    day: date | None
    is_waiting: bool = True


@dataclass(frozen=True)
class Column:
    """`value` gives the cell of a row; `sort` names the fields the database orders by, "-" before one that descends.

    An extra column waits until somebody asks for it; `reads` names the related rows it needs. `fields` are those of
    the row's own form that the cell changes when an edited file is read in: of several, the one that knows the word.
    `in_file` gives the cell where a file says it in another way than the screen.
    """

    key: str
    label: Any
    value: Callable[[Any], Any]
    sort: tuple[str, ...] = ()
    number: bool = False
    is_extra: bool = False
    reads: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    in_file: Callable[[Any], Any] | None = None

    def for_file(self, row: Any) -> Any:
        return plain((self.in_file or self.value)(row))


@dataclass(frozen=True)
class Many:
    """A button under the list, and the page where it does the same to all rows that are chosen."""

    page: str
    label: Any


@dataclass(frozen=True)
class Table:
    """`read_in` names the page where an edited file of the list is read in.

    One that does not `disclose` shows of rows marked as secret no more than their number.
    """

    key: str
    caption: Any
    columns: tuple[Column, ...]
    sort: str
    can_be_saved: bool = True
    many: tuple[Many, ...] = ()
    read_in: str = ""
    discloses: bool = True

    def __post_init__(self):
        if len({column.key for column in self.columns}) != len(self.columns):
            raise ValueError("two columns share a key")

    def chosen(self, keys: Collection[str]) -> tuple[Column, ...]:
        """The columns asked for, in the table's order; when none of them is known, all but the extra ones."""
        asked = tuple(column for column in self.columns if column.key in keys)
        return asked or tuple(column for column in self.columns if not column.is_extra)

    def ordered(self, rows: QuerySet, sort: str) -> QuerySet:
        """Rows by a column's key, "-" before it for descending; empty values last, ties by key so pages hold."""
        fields, turned = self.orders(sort)
        parts = [ordering(rows.model, field, turned) for field in fields]
        return rows.order_by(*parts, "-pk" if turned else "pk")

    def orders(self, sort: str) -> tuple[tuple[str, ...], bool]:
        """What the rows are put in order by, and whether it is turned; an unknown key stands for the usual order."""
        by_key = {column.key: column for column in self.columns if column.sort}
        chosen = sort if sort.lstrip("-") in by_key else self.sort
        return tuple(by_key[chosen.lstrip("-")].sort), chosen.startswith("-")


def ordering(model: type[Model], field: str, turned: bool) -> OrderBy:
    """Says where empty values go only when there can be any: with that said, a database passes by its index."""
    name = field.removeprefix("-")
    last = None if is_filled(model, *name.split("__")) else True
    return F(name).desc(nulls_last=last) if (name != field) != turned else F(name).asc(nulls_last=last)


def is_filled(model: type[Model], name: str, *beyond: str) -> bool:
    """Whether every row has a value there; what is no column of the row, or of one it leads to, may be empty."""
    filled = {column.name: column for column in model._meta.concrete_fields if not column.null}
    return name in filled and (not beyond or is_filled(filled[name].related_model, *beyond))


@dataclass(frozen=True)
class Shown:
    """One page of a table as the template draws it."""

    table: Table
    filters: FilterSet
    page: Page
    sort: str
    columns: tuple[Column, ...]
    may_change: bool = False
    all_are_chosen: bool = False

    @property
    def more_filters(self) -> tuple[str, ...]:
        """The names that a `FilterSet` of many fields gives as `more`: those are folded away until they are used."""
        return getattr(self.filters, "more", ())

    @property
    def sorts(self) -> list[tuple[str, str]]:
        """What the rows can be ordered by, in words: a phone has no heads of columns to press."""
        orders = (("", _("%(column)s, stigande")), ("-", _("%(column)s, fallande")))
        columns = [column for column in self.table.columns if column.sort]
        return [(sign + column.key, words % {"column": column.label}) for column in columns for sign, words in orders]

    @property
    def has_own_columns(self) -> bool:
        return self.columns != self.table.chosen(())

    @property
    def has_boxes(self) -> bool:
        return self.may_change and bool(self.table.many)

    @property
    def read_in(self) -> str:
        """The page that reads an edited file in, for whoever may change any row."""
        return self.table.read_in if self.may_change else ""

    @property
    def rows(self) -> list[list[tuple[Column, Any]]]:
        """Per row its cells: the column and the value."""
        return [[(column, column.value(row)) for column in self.columns] for row in self.page.object_list]


class RowPaginator(Paginator):
    """Finds the rows of a page by their keys and then reads only those: to sort whole rows takes five times as long.

    No more than `FEW` rows are found in any order before they are put in order: what hardly any row fits would
    otherwise be looked for in the order of the list, which takes ten times as long as to look through the table.

    Counts to `MOST_COUNTED`, for to count half a million rows takes longer than to show fifty. When there are more,
    the pages so far have numbers and then comes the last one, which is read from the end.
    """

    def __init__(self, ask: Callable[[], QuerySet], per_page: int, rests_on: tuple[Hashable, ...] | None = None):
        """`ask` gives all rows in their order; `rests_on` says all that it rests on, None to ask it for every page."""
        super().__init__((), per_page)
        self.ask = ask
        self.rests_on = rests_on

    @cached_property
    def all_rows(self) -> QuerySet:
        return self.ask()

    @cached_property
    def counted(self) -> int:
        """One above `MOST_COUNTED` stands for any number above it."""
        return STATEMENTS.number(self.rests_on and (*self.rests_on, MOST_COUNTED), self.count_all)

    def count_all(self) -> int:
        return self.all_rows.order_by().values("pk")[: MOST_COUNTED + 1].count()

    @property
    def has_more(self) -> bool:
        return self.counted > MOST_COUNTED

    @property
    def count(self) -> int:
        return min(self.counted, MOST_COUNTED)

    def get_page(self, number: str | int) -> Page:
        """As Django's: what is no number shows the first page, what lies past the end the last."""
        try:
            return self.page(number)
        except EmptyPage:
            return self.end()
        except PageNotAnInteger:
            return self.end() if number == LAST else self.page(1)

    def end(self) -> Page:
        if not self.has_more:
            return self.page(self.num_pages)
        rows = self.kept(LAST, lambda: self.rows_of(self.all_rows.reverse()[: self.per_page]))
        return LastPage(rows, self.num_pages + 1, self)

    def rows_of(self, some: QuerySet) -> QuerySet:
        return without_conditions(self.all_rows).filter(pk__in=some.values("pk"))

    def page(self, number: str | int) -> Page:
        number, are_few = self.validate_number(number), self.counted <= FEW
        return Page(self.kept((number, are_few), lambda: self.cut_out(number, are_few=are_few)), number, self)

    def cut_out(self, number: int, *, are_few: bool) -> QuerySet:
        rows = self.rows_of(self.all_rows.order_by()[:FEW]) if are_few else self.all_rows
        before = (number - 1) * self.per_page
        return self.rows_of(rows[before : before + self.per_page])

    def kept(self, part: Hashable, ask: Callable[[], QuerySet]) -> QuerySet:
        return STATEMENTS.rows(self.rests_on and (*self.rests_on, self.per_page, part), ask)


class LastPage(Page):
    """The last rows of a list that is longer than what is counted. What lies before it has no number."""

    def has_next(self) -> bool:
        return False

    def has_previous(self) -> bool:
        return False


def show(table: Table, filters: FilterSet, *, sort: str, page: str | int, columns: Collection[str] = ()) -> Shown:
    """Filter, order and cut out one page. An unknown sort, page or column falls back instead of failing."""
    chosen = table.chosen(columns)
    rests_on = getattr(filters, "rests_on", None)  # those that are no filters of ours ask anew
    paginator = RowPaginator(
        lambda: with_related(table.ordered(filters.qs, sort), chosen),
        ROWS_PER_PAGE,
        rests_on and (*rests_on, table.orders(sort), tuple(column.reads for column in chosen)),
    )
    return Shown(table, filters, paginator.get_page(page), sort or table.sort, chosen)


def with_related(rows: QuerySet, columns: Iterable[Column]) -> QuerySet:
    """With what the columns read of other rows, in the same statement."""
    related = [name for column in columns for name in column.reads]
    return rows.select_related(*related) if related else rows


def plain(cell: Any) -> Any:
    """The cell as Excel gets it: dates and numbers as such, the rest as text."""
    if isinstance(cell, Deadline):
        return cell.day
    if cell is None or isinstance(cell, str | int | float | date) or hasattr(cell, "normalize"):
        return cell
    return str(cell)
