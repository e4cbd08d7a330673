"""The page where the rows that were chosen in a list are changed together, by the rule of each one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.disclosing import disclose_marked
from hjulet.base.forms.choices import is_key
from hjulet.base.forms.performing import Performing
from hjulet.base.pages import done
from hjulet.base.tables import Column, Table, with_related

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Chosen:
    """One of several to change, its cells, and why it cannot be changed."""

    row: Model
    cells: list[tuple[Column, Any]]
    obstacle: str


def many_page(
    request: HttpRequest,
    table: Table,
    rows: QuerySet,
    form: Performing,
    change: Callable[..., int],
    *,
    may: Callable[[Any, Any], bool],
    obstacle: Callable[[Any], str | None],
    heading: Any,
    said: Callable[[int], str],
    back: str,
) -> HttpResponse:
    """What stands in the way is said before anything is changed; of what is sent, all is changed or nothing.

    `may` and `obstacle` are the rules of one row, `said` what was done to how many.
    """
    chosen = chosen_among(rows, table, request, may=may, obstacle=obstacle)
    disclose_marked(request, [one.row for one in chosen], "list")
    if form.is_bound and not chosen:
        form.add_error(None, _("Välj minst en rad."))
    if form.performs(change, rows=[one.row for one in chosen], by=request.user):
        return done(request, said(form.result), back)
    context = {
        "form": form,
        "table": table,
        "columns": table.chosen(()),
        "chosen": chosen,
        "open_count": sum(not one.obstacle for one in chosen),
        "heading": heading,
        "back": reverse(back),
    }
    return render(request, "base/many.html", context, status=422 if form.errors else 200)


def chosen_among(
    rows: QuerySet, table: Table, request: HttpRequest, *, may: Callable, obstacle: Callable
) -> list[Chosen]:
    """The rows whose boxes were ticked, at most `MOST_AT_ONCE`: first those that can be changed, as the list has them."""
    asked = request.POST if request.method == "POST" else request.GET
    keys = [key for key in asked.getlist("pk") if is_key(key)][:MOST_AT_ONCE]
    columns = table.chosen(())
    chosen = [
        Chosen(row, [(column, column.value(row)) for column in columns], refusal(request.user, row, may, obstacle))
        for row in with_related(table.ordered(rows.filter(pk__in=keys), ""), columns)
    ]
    return sorted(chosen, key=lambda one: bool(one.obstacle))


def refusal(person: Any, row: Model, may: Callable, obstacle: Callable) -> str:
    if not may(person, row):
        return _("Du har inte rätt att ändra den här raden.")
    return obstacle(row) or ""
