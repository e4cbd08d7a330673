"""The pages that make an action or a risk of a row, the same whatever the row is; `around` says where it stands.

`operation` is the verb of the row's own slice: it takes the row, and says whether it may lead to anything now.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import done, form_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.planning.leads.prefilled import LeadActionForm, LinkActionForm
from hjulet.planning.risks import rules as risk_rules
from hjulet.planning.risks.forms import NewRiskForm
from hjulet.planning.risks.queries import analyses_visible_to


def action_page(
    request: HttpRequest, row: Any, operation: Callable[..., Any], *, title: str, description: str, around: dict
) -> HttpResponse:
    form = LeadActionForm(request.POST or None, person=request.user, title=title, description=description)
    if form.performs(partial(operation, row), by=request.user):
        return done(request, _("Åtgärden är planerad."), form.result)
    return form_page(request, form, heading=_("Gör en åtgärd av detta"), submit=_("Planera åtgärden"), **around)


def link_page(request: HttpRequest, row: Any, operation: Callable[..., Any], *, around: dict) -> HttpResponse:
    form = LinkActionForm(request.POST or None, person=request.user, row=row)
    if form.performs(partial(operation, row), by=request.user):
        return done(request, _("Åtgärden är kopplad."), row)
    return form_page(request, form, heading=_("Koppla en åtgärd som finns"), submit=_("Koppla åtgärden"), **around)


def risk_page(
    request: HttpRequest, row: Any, operation: Callable[..., Any], analysis_pk: int, *, initial: dict, around: dict
) -> HttpResponse:
    """As where a risk is added to its analysis; then on to how probable and severe it is."""
    analysis = one_or_404(request, analyses_visible_to, analysis_pk)
    require(risk_rules.may_edit(request.user, analysis.unit))
    form = NewRiskForm(request.POST or None, person=request.user, analysis=analysis, initial=initial)
    if form.performs(partial(operation, row), analysis=analysis, by=request.user):
        said = _("Risken är tillagd. Bedöm hur sannolik och allvarlig den är.")
        return done(request, said, "risks:assess", form.result.pk)
    return form_page(request, form, heading=_("Gör en risk av detta"), submit=_("Lägg till risken"), **around)
