"""A list page: the table on screen, or the same rows and columns as an Excel file."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_filters import FilterSet

from hjulet.base.disclosing import disclose_marked
from hjulet.base.intake.traces import traced_sheet
from hjulet.base.operations import require_no
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.base.tables import Column, Table, show, with_related

COLUMN = "kol"
CHOSEN, ALL = "valda", "alla"
MOST_IN_A_FILE = 50_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_page(
    request: HttpRequest,
    table: Table,
    filters: FilterSet,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    may_change: bool = False,
) -> HttpResponse:
    """Answer with one page of the table, or with all its filtered rows as Excel when `?format=xlsx` asks for it.

    Half a million rows would hold a worker for minutes, and nobody opens them: then it is asked for a filter.
    Whoever may change any of the rows gets boxes to choose them by, and the way to read an edited file in.
    """
    sort, columns = request.GET.get("sort", ""), request.GET.getlist(COLUMN)
    if request.GET.get("format") == "xlsx":
        require_no(obstacle_to_a_file(filters.qs))
        rows = table.ordered(filters.qs, sort)
        return workbook_of(request, table, rows, table.chosen(columns), comes_back=may_change and bool(table.read_in))
    shown = show(table, filters, sort=sort, page=request.GET.get("page", 1), columns=columns)
    if may_change:
        shown = replace(shown, may_change=True, all_are_chosen=request.GET.get(CHOSEN) == ALL)
    if table.discloses:
        disclose_marked(request, shown.page.object_list, "list")
    return render(request, template, {"shown": shown, **(context or {})})


def obstacle_to_a_file(rows: QuerySet) -> str | None:
    if rows.order_by().values("pk")[: MOST_IN_A_FILE + 1].count() <= MOST_IN_A_FILE:
        return None
    most = number_format(MOST_IN_A_FILE, force_grouping=True)
    return _("Listan har fler än %(most)s rader. Filtrera den, så att raderna får plats i en fil.") % {"most": most}


def workbook_of(
    request: HttpRequest, table: Table, rows: QuerySet, columns: tuple[Column, ...], *, comes_back: bool
) -> HttpResponse:
    read = exported(request, table, with_related(rows, columns).iterator(chunk_size=500))
    content = write_workbook([traced_sheet(table, columns, read) if comes_back else sheet_of(table, columns, read)])
    return as_download(content, f"{slugify(str(table.caption))}.xlsx", EXCEL)


def exported(request: HttpRequest, table: Table, rows: Iterable[Any]) -> Iterator[Any]:
    """The rows, each remembered as it goes into the file."""
    for row in rows:
        if table.discloses:
            disclose_marked(request, [row], "export")
        yield row


def sheet_of(table: Table, columns: tuple[Column, ...], rows: Iterable[Model]) -> Sheet:
    body = ([column.for_file(row) for column in columns] for row in rows)
    return Sheet(str(table.caption), [str(column.label) for column in columns], body)


def as_download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to save, never to open inside our own pages."""
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
