"""A list page: the table on screen, or the same rows and columns as an Excel file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django_filters import FilterSet

from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.base.tables import Table, plain, show

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_page(
    request: HttpRequest, table: Table, filters: FilterSet, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer with one page of the table, or with all its filtered rows as Excel when `?format=xlsx` asks for it."""
    sort = request.GET.get("sort", "")
    if request.GET.get("format") == "xlsx":
        return workbook_of(table, table.ordered(filters.qs, sort))
    shown = show(table, filters, sort=sort, page=request.GET.get("page", 1))
    return render(request, template, {"shown": shown, **(context or {})})


def workbook_of(table: Table, rows) -> HttpResponse:
    header = [str(column.label) for column in table.columns]
    body = ([plain(column.value(row)) for column in table.columns] for row in rows.iterator(chunk_size=2000))
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
