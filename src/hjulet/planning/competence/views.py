from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.planning.competence import forms, operations, queries, rules
from hjulet.planning.competence.models import CompetenceNeed
from hjulet.planning.competence.tables import NEEDS
from hjulet.planning.leads.rules import may_plan_action_from
from hjulet.planning.leads.views import action_page, risk_page

TEMPLATES = "planning/competence"


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = forms.NeedFilters(request.GET, queries.needs_visible_to, request=request)
    may_map = rules.may_map_anywhere(request.user)
    return table_page(request, NEEDS, filters, f"{TEMPLATES}/index.html", {"may_map": may_map}, may_change=may_map)


@reads
def competence_map(request: HttpRequest) -> HttpResponse:
    filters = forms.MapFilters(request.GET, queries.needs_visible_to, request=request)
    context = {"map": queries.map_of(filters.qs), "filters": filters.form, "least": queries.GATE.threshold}
    return render(request, f"{TEMPLATES}/map.html", context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.need_page(request.user, need_or_404(request, pk))
    context = {"page": page, "need": page.need, "least": queries.GATE.threshold}
    return render(request, f"{TEMPLATES}/detail.html", context)


@writes
def map_need(request: HttpRequest) -> HttpResponse:
    require(rules.may_map_anywhere(request.user))
    form = forms.NewNeedForm(request.POST or None, person=request.user)
    if form.performs(operations.map_need, by=request.user):
        return done(request, _("Behovet finns nu i kompetenskartan."), form.result)
    cancel = reverse("competence:list")
    return form_page(
        request,
        form,
        heading=_("Lägg till i kompetenskartan"),
        submit=_("Lägg till"),
        cancel_url=cancel,
        crumbs=[(_("Kompetens"), cancel)],
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    need = need_to_change(request, pk)
    form = forms.NeedForm(request.POST or None, instance=need, person=request.user)
    if form.performs(operations.change_need, need=need, by=request.user):
        return done(request, _("Planen är sparad."), need)
    return form_page(request, form, heading=_("Skriv planen"), submit=_("Spara planen"), **beside(need))


@writes
def count(request: HttpRequest, pk: int) -> HttpResponse:
    need = need_to_change(request, pk)
    form = forms.CountForm(request.POST or None, need=need)
    if form.performs(operations.count_need, need=need, by=request.user):
        return done(request, _("Räkningen är sparad."), need)
    return form_page(request, form, heading=_("Räkna på nytt"), submit=_("Spara räkningen"), **beside(need))


@writes
def end(request: HttpRequest, pk: int) -> HttpResponse:
    need = need_to_change(request, pk)
    form = ReasonForm(
        request.POST or None,
        label=_("Varför behövs kompetensen inte längre?"),
        hint=_("Det som är räknat ligger kvar."),
    )
    if form.performs(operations.end_need, need=need, by=request.user):
        return done(request, _("Behovet är borttaget ur kartan."), need)
    return form_page(request, form, heading=_("Ta bort ur kartan"), **beside(need))


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(rules.may_map_anywhere(request.user))
    return read_in_page(
        request,
        NEEDS,
        queries.needs_visible_to(request.user),
        form=lambda need: forms.NeedForm(instance=need, person=request.user),
        change=operations.change_need,
        back="competence:list",
    )


@writes
def plan_action(request: HttpRequest, pk: int) -> HttpResponse:
    need = need_or_404(request, pk)
    require(may_plan_action_from(request.user, need))
    title = _("Täck behovet av %(competence)s") % {"competence": need.competence}
    return action_page(
        request, need, operations.plan_action_from, title=title, description=in_words(need), around=beside(need)
    )


@writes
def identify_risk(request: HttpRequest, pk: int, analysis_pk: int) -> HttpResponse:
    need = need_or_404(request, pk)
    title = _("För få har kompetensen %(competence)s") % {"competence": need.competence}
    initial = {"title": title, "deficiency": in_words(need)}
    return risk_page(request, need, operations.identify_risk_from, analysis_pk, initial=initial, around=beside(need))


def need_or_404(request: HttpRequest, pk: int) -> CompetenceNeed:
    return one_or_404(request, queries.needs_visible_to, pk)


def need_to_change(request: HttpRequest, pk: int) -> CompetenceNeed:
    need = need_or_404(request, pk)
    require(rules.may_change(request.user, need))
    return need


def in_words(need: CompetenceNeed) -> str:
    """Without figures: whoever reads the action or the risk may not be the one who may see them."""
    return f"{need.unit_name}, {need.role_title}: {need.competence}"


def beside(need: CompetenceNeed) -> dict:
    """Where a form about the need stands: what it is called, the way back."""
    here = need.get_absolute_url()
    crumbs = [(_("Kompetens"), reverse("competence:list")), (str(need), here)]
    return {"intro": in_words(need), "cancel_url": here, "crumbs": crumbs}
