"""A list page: the table on screen, or the same rows and columns as an Excel file."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_filters import FilterSet

from hjulet.base.operations import require_no
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.base.tables import Column, Table, plain, show, with_related

COLUMN = "kol"
MOST_IN_A_FILE = 50_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_page(
    request: HttpRequest,
    table: Table,
    filters: FilterSet,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    may_change_many: bool = False,
) -> HttpResponse:
    """Answer with one page of the table, or with all its filtered rows as Excel when `?format=xlsx` asks for it.

    Half a million rows would hold a worker for minutes, and nobody opens them: then it is asked for a filter.
    """
    sort, columns = request.GET.get("sort", ""), request.GET.getlist(COLUMN)
    if request.GET.get("format") == "xlsx":
        require_no(obstacle_to_a_file(filters.qs))
        return workbook_of(table, table.ordered(filters.qs, sort), table.chosen(columns))
    shown = show(table, filters, sort=sort, page=request.GET.get("page", 1), columns=columns)
    if may_change_many:
        shown = replace(shown, may_change_many=True)
    return render(request, template, {"shown": shown, **(context or {})})


def obstacle_to_a_file(rows: QuerySet) -> str | None:
    if rows.order_by().values("pk")[: MOST_IN_A_FILE + 1].count() <= MOST_IN_A_FILE:
        return None
    most = number_format(MOST_IN_A_FILE, force_grouping=True)
    return _("Listan har fler än %(most)s rader. Filtrera den, så att raderna får plats i en fil.") % {"most": most}


def workbook_of(table: Table, rows: QuerySet, columns: tuple[Column, ...]) -> HttpResponse:
    header = [str(column.label) for column in columns]
    read = with_related(rows, columns).iterator(chunk_size=2000)
    body = ([plain(column.value(row)) for column in columns] for row in read)
    content = write_workbook([Sheet(str(table.caption), header, body)])
    return as_download(content, f"{slugify(str(table.caption))}.xlsx", EXCEL)


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
