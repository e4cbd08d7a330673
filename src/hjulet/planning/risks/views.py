from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.actions.queries import actions_visible_to
from hjulet.base.forms.choices import is_key
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import discloses, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.monitoring.self_monitoring.queries import controls_visible_to, occurrences_visible_to
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404, shown_or_404
from hjulet.planning.goals.queries import goals_visible_to
from hjulet.planning.risks import forms, operations, queries, rules
from hjulet.planning.risks.filters import RiskFilters
from hjulet.planning.risks.models import Risk
from hjulet.planning.risks.tables import RISKS


@discloses
def index(request: HttpRequest) -> HttpResponse:
    filters = RiskFilters(request.GET, queries.listed_risks, request=request)
    context = {"analysis": filters.only_analysis}
    may_change = holds_anywhere(request.user, Permission.RISKS_EDIT)
    return table_page(request, RISKS, filters, "planning/risks/index.html", context, may_change=may_change)


@discloses
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    risk = shown_or_404(request, queries.risks_in_full, pk)
    return render(request, "planning/risks/detail.html", {"page": queries.risk_page(request.user, risk), "risk": risk})


@writes
def identify(request: HttpRequest, analysis_pk: int) -> HttpResponse:
    """With `?tillfalle=` the risk was seen in an egenkontroll, and remembers which."""
    analysis = one_or_404(request, queries.analyses_visible_to, analysis_pk)
    require(rules.may_edit(request.user, analysis.unit))
    seen_in = request.GET.get("tillfalle", "")
    found = occurrences_visible_to(request.user).filter(pk=seen_in if is_key(seen_in) else 0).first()
    initial = {"source_note": found.finding} if found else {}
    form = forms.NewRiskForm(request.POST or None, person=request.user, analysis=analysis, initial=initial)
    if form.performs(operations.identify_risk, analysis=analysis, occurrence=found, by=request.user):
        return done(
            request, _("Risken är tillagd. Bedöm hur sannolik och allvarlig den är."), "risks:assess", form.result.pk
        )
    return form_page(
        request,
        form,
        heading=_("Lägg till en risk"),
        submit=_("Lägg till risken"),
        intro=str(analysis),
        cancel_url=analysis.get_absolute_url(),
        crumbs=[(_("Riskanalyser"), reverse("risk_analyses:list")), (str(analysis), analysis.get_absolute_url())],
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    form = forms.RiskForm(request.POST or None, instance=risk, person=request.user, analysis=risk.analysis)
    if form.performs(operations.change_risk, risk=risk, by=request.user):
        return done(request, _("Ändringen är sparad."), risk)
    return form_page(request, form, heading=_("Ändra risken"), submit=_("Spara ändringen"), **beside(risk))


@writes
def change_many(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.RISKS_EDIT))
    return many_page(
        request,
        RISKS,
        queries.listed_risks(request.user),
        forms.ManyRisksForm(request.POST or None),
        operations.change_risks,
        may=rules.may_work_on,
        obstacle=rules.obstacle_to_changing,
        heading=_("Ändra flera risker"),
        said=lambda n: ngettext("%(n)s risk är ändrad.", "%(n)s risker är ändrade.", n) % {"n": n},
        back="risks:list",
    )


@writes
def mark_many(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.RISKS_EDIT))
    return many_page(
        request,
        RISKS,
        queries.listed_risks(request.user),
        forms.ManyMarksForm(request.POST or None),
        operations.mark_changes,
        may=rules.may_work_on,
        obstacle=rules.obstacle_to_changing,
        heading=_("Vad har hänt med riskerna?"),
        said=lambda n: ngettext("%(n)s risk är markerad.", "%(n)s risker är markerade.", n) % {"n": n},
        back="risks:list",
    )


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.RISKS_EDIT))
    return read_in_page(
        request,
        RISKS,
        queries.listed_risks(request.user),
        form=lambda risk: forms.RiskForm(instance=risk, person=request.user, analysis=risk.analysis),
        change=operations.change_risk,
        back="risks:list",
    )


@writes
def mark_change(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    form = forms.MarkForm(request.POST or None, risk=risk)
    if form.performs(operations.mark_change, risk=risk, by=request.user):
        return done(request, _("Det är sparat."), risk)
    return form_page(request, form, heading=_("Vad har hänt med risken?"), submit=_("Spara"), **beside(risk))


@writes
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """A level that asks for something leads straight to where it is done."""
    risk = risk_to_work_on(request, pk)
    form = forms.AssessForm(request.POST or None, risk=risk)
    if form.performs(operations.assess_risk, risk=risk, by=request.user):
        messages.success(request, _("Bedömningen är sparad: %(level)s.") % {"level": form.result.level})
        asked = rules.breaks_of(risk)
        for found in asked:
            messages.warning(request, found.sentence)
        return redirect(asked[0].url if asked else risk)
    return form_page(request, form, heading=_("Bedöm risken"), submit=_("Spara bedömningen"), **beside(risk))


@writes
def analyse_deeper(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    form = forms.DeeperForm(request.POST or None, risk=risk)
    if form.performs(operations.analyse_deeper, risk=risk, by=request.user):
        return done(request, _("Analysen är sparad."), risk)
    return form_page(request, form, heading=_("Analysera risken djupare"), submit=_("Spara analysen"), **beside(risk))


@writes
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_or_404(request, pk)
    require(rules.may_accept(request.user, risk))
    form = forms.AcceptForm(request.POST or None)
    if form.performs(operations.accept_risk, risk=risk, by=request.user):
        return done(request, _("Risken är accepterad i ditt namn."), risk)
    return form_page(request, form, heading=_("Acceptera risken"), **beside(risk))


@writes
def withdraw_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_or_404(request, pk)
    require(rules.may_accept(request.user, risk))
    form = ReasonForm(request.POST or None, label=_("Varför accepteras risken inte längre?"))
    if form.performs(operations.withdraw_acceptance, risk=risk, by=request.user):
        return done(request, _("Risken är inte längre accepterad."), risk)
    return form_page(request, form, heading=_("Ta tillbaka acceptansen"), submit=_("Ta tillbaka"), **beside(risk))


@writes
def plan_action(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    heading = _("Planera åtgärd nu") if rules.lacks_action(risk) else _("Planera en åtgärd")
    form = forms.ActionForRiskForm(request.POST or None, person=request.user, risk=risk)
    if form.performs(operations.plan_action_for, risk=risk, by=request.user):
        return done(request, _("Åtgärden är planerad."), risk)
    return form_page(request, form, heading=heading, submit=_("Planera åtgärden"), **beside(risk))


@writes
def answer_with_action(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    form = forms.AnswerForm(request.POST or None, person=request.user, risk=risk)
    if form.performs(operations.answer_with_action, risk=risk, by=request.user):
        return done(request, _("Åtgärden är kopplad."), risk)
    return form_page(
        request, form, heading=_("Koppla en åtgärd som finns"), submit=_("Koppla åtgärden"), **beside(risk)
    )


@writes
def remove_action(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    action = get_object_or_404(risk.actions, pk=action_pk)
    form = ReasonForm(request.POST or None, label=_("Varför svarar åtgärden inte längre på risken?"), hint=str(action))
    if form.performs(operations.remove_action, risk=risk, action=action, by=request.user):
        return done(request, _("Åtgärden är bortkopplad. Den finns kvar."), risk)
    return form_page(request, form, heading=_("Koppla bort åtgärden"), submit=_("Koppla bort"), **beside(risk))


@writes
def plan_control(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    form = forms.ControlForRiskForm(request.POST or None, person=request.user, risk=risk)
    if form.performs(operations.plan_control_for, risk=risk, by=request.user):
        return done(request, _("Egenkontrollen är planerad."), risk)
    return form_page(
        request, form, heading=_("Planera en egenkontroll"), submit=_("Planera egenkontrollen"), **beside(risk)
    )


@writes
def check_with_control(request: HttpRequest, pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    form = forms.CheckForm(request.POST or None, person=request.user, risk=risk)
    if form.performs(operations.check_with_control, risk=risk, by=request.user):
        return done(request, _("Egenkontrollen är kopplad."), risk)
    return form_page(
        request, form, heading=_("Koppla en egenkontroll som finns"), submit=_("Koppla egenkontrollen"), **beside(risk)
    )


@writes
def remove_control(request: HttpRequest, pk: int, control_pk: int) -> HttpResponse:
    risk = risk_to_work_on(request, pk)
    control = get_object_or_404(risk.controls, pk=control_pk)
    form = ReasonForm(
        request.POST or None, label=_("Varför följs risken inte längre av egenkontrollen?"), hint=control.title
    )
    if form.performs(operations.remove_control, risk=risk, control=control, by=request.user):
        return done(request, _("Egenkontrollen är bortkopplad. Den finns kvar."), risk)
    return form_page(request, form, heading=_("Koppla bort egenkontrollen"), submit=_("Koppla bort"), **beside(risk))


@reads
def for_action(request: HttpRequest, pk: int) -> HttpResponse:
    return panel(request, one_or_404(request, actions_visible_to, pk), "actions", _("Risker den svarar på"))


@reads
def for_control(request: HttpRequest, pk: int) -> HttpResponse:
    return panel(request, one_or_404(request, controls_visible_to, pk), "controls", _("Risker den följer"))


@reads
def for_goal(request: HttpRequest, pk: int) -> HttpResponse:
    return panel(request, one_or_404(request, goals_visible_to, pk), "goal", _("Risker som hotar målet"))


@reads
def for_occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """Also offers to make a risk of what the control found."""
    found = one_or_404(request, occurrences_visible_to, pk)
    analyses = queries.analyses_to_add_to(request.user, found.control.unit)
    return panel(request, found, "occurrence", _("Risker som upptäcktes här"), analyses=analyses)


def risk_or_404(request: HttpRequest, pk: int) -> Risk:
    return shown_or_404(request, queries.risks_visible_to, pk)


def risk_to_work_on(request: HttpRequest, pk: int) -> Risk:
    risk = risk_or_404(request, pk)
    require(rules.may_work_on(request.user, risk))
    return risk


def beside(risk: Risk) -> dict:
    """Where a form about the risk stands: what it is called, the way back."""
    here = risk.get_absolute_url()
    return {
        "intro": str(risk),
        "cancel_url": here,
        "crumbs": [(_("Risker"), reverse("risks:list")), (_("Risk %(number)s") % {"number": risk.number}, here)],
    }


def panel(request: HttpRequest, row: Model, link: str, heading: str, **more) -> HttpResponse:
    """The risks that point at a row of a lower app: a part of its page, or a page of its own without script."""
    risks: QuerySet[Risk] = queries.risks_beside(request.user, **{link: row})
    template = "planning/risks/beside.html#panel" if request.htmx else "planning/risks/beside.html"
    return render(request, template, {"row": row, "risks": risks, "panel_heading": heading, "analyses": [], **more})
