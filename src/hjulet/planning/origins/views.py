from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hjulet.actions.queries import actions_visible_to
from hjulet.base.pages import reads
from hjulet.planning.origins.queries import origins_of
from hjulet.planning.risks.queries import risks_visible_to


@reads
def for_action(request: HttpRequest, pk: int) -> HttpResponse:
    return panel(request, get_object_or_404(actions_visible_to(request.user), pk=pk), "actions")


@reads
def for_risk(request: HttpRequest, pk: int) -> HttpResponse:
    return panel(request, get_object_or_404(risks_visible_to(request.user), pk=pk), "risks")


def panel(request: HttpRequest, row: Model, link: str) -> HttpResponse:
    """A part of the row's page, or a page of its own without script."""
    template = "planning/origins/beside.html#panel" if request.htmx else "planning/origins/beside.html"
    return render(request, template, {"row": row, "origins": origins_of(request.user, **{link: row})})
