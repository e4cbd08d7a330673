from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hjulet.actions.queries import actions_visible_to
from hjulet.base.pages import reads
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.planning.origins.queries import origins_of
from hjulet.planning.risks.queries import risks_visible_to


@reads
def for_action(request: HttpRequest, pk: int) -> HttpResponse:
    return panel(request, one_or_404(request, actions_visible_to, pk), "actions")


@reads
def for_risk(request: HttpRequest, pk: int) -> HttpResponse:
    return panel(request, one_or_404(request, risks_visible_to, pk), "risks")


def panel(request: HttpRequest, row: Model, link: str) -> HttpResponse:
    """A part of the row's page, or a page of its own without script."""
    template = "planning/origins/beside.html#panel" if request.htmx else "planning/origins/beside.html"
    return render(request, template, {"row": row, "origins": origins_of(request.user, **{link: row})})
