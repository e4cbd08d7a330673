"""The page where an edited file of a list is read in: tried first, shown, and then done."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from hjulet.base.forms.uploads import SeenFileForm
from hjulet.base.intake.lists import read_list_in
from hjulet.base.pages import done
from hjulet.base.tables import Table


def read_in_page(
    request: HttpRequest,
    table: Table,
    rows: QuerySet,
    *,
    form: Callable[[Any], BaseForm],
    change: Callable[..., Any],
    back: str,
) -> HttpResponse:
    """`rows` are those of the list, `form` gives the change form of one of them, `change` is the operation it calls."""
    upload = SeenFileForm(request.POST or None, request.FILES or None)
    context = {
        "form": upload,
        "table": table,
        "back": reverse(back),
        "readable": [c for c in table.columns if c.fields],
    }
    if not upload.performs(read_list_in, by=request.user, table=table, rows=rows, form=form, change=change):
        return render(request, "base/intake/upload.html", context, status=422 if upload.errors else 200)
    outcome = upload.result
    if outcome.is_check:
        return render(request, "base/intake/preview.html", context | {"outcome": outcome})
    count = len(outcome.changed)
    return done(request, ngettext("%(n)s rad är ändrad.", "%(n)s rader är ändrade.", count) % {"n": count}, back)
