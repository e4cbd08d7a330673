from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.actions import operations, queries, rules
from hjulet.actions.forms import (
    ActionFilters,
    ActionForm,
    CompleteForm,
    EffectForm,
    ManyActionsForm,
    NewActionForm,
    ProgressForm,
)
from hjulet.actions.models import Action
from hjulet.actions.tables import ACTIONS
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, discloses, done, form_page, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import shown_or_404


@discloses
def index(request: HttpRequest) -> HttpResponse:
    filters = ActionFilters(request.GET, queries.actions_visible_to, request=request)
    may_plan = holds_anywhere(request.user, Permission.ACTIONS_EDIT)
    context = {"may_plan": may_plan}
    return table_page(request, ACTIONS, filters, "actions/index.html", context, may_change=may_plan)


@discloses
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.action_page(request.user, action_or_404(request, pk))
    return render(request, "actions/detail.html", {"page": page, "action": page.action})


@writes
def plan(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.ACTIONS_EDIT))
    form = NewActionForm(request.POST or None, person=request.user)
    if form.performs(operations.plan_action, by=request.user):
        return done(request, _("Åtgärden är planerad."), form.result)
    return form_page(
        request, form, heading=_("Planera en åtgärd"), submit=_("Planera åtgärden"), cancel_url=reverse("actions:list")
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_or_404(request, pk)
    require(rules.may_change(request.user, action))
    form = ActionForm(request.POST or None, instance=action, person=request.user)
    if form.performs(operations.change_action, action=action, by=request.user):
        return done(request, _("Ändringen är sparad."), action)
    return form_page(request, form, heading=_("Ändra åtgärden"), submit=_("Spara ändringen"), **beside(action))


@writes
def change_many(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.ACTIONS_EDIT))
    return many_page(
        request,
        ACTIONS,
        queries.actions_visible_to(request.user),
        ManyActionsForm(request.POST or None, person=request.user),
        operations.change_actions,
        may=rules.may_change,
        obstacle=rules.obstacle_to_changing,
        heading=_("Ändra flera åtgärder"),
        said=lambda n: ngettext("%(n)s åtgärd är ändrad.", "%(n)s åtgärder är ändrade.", n) % {"n": n},
        back="actions:list",
    )


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.ACTIONS_EDIT))
    return read_in_page(
        request,
        ACTIONS,
        queries.actions_visible_to(request.user),
        form=lambda action: ActionForm(instance=action, person=request.user),
        change=operations.change_action,
        back="actions:list",
    )


@writes
def note_progress(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_or_404(request, pk)
    require(rules.may_work_on(request.user, action))
    form = ProgressForm(request.POST or None)
    if form.performs(operations.note_progress, action=action, by=request.user):
        return done(request, _("Anteckningen är sparad."), action)
    return form_page(request, form, heading=_("Skriv hur det går"), submit=_("Spara anteckningen"), **beside(action))


@acts
def start(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.start_action, action_or_404(request, pk), said=_("Åtgärden är påbörjad."))


@writes
def hinder(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_or_404(request, pk)
    require(rules.may_work_on(request.user, action))
    form = ReasonForm(request.POST or None, label=_("Vad hindrar?"))
    if form.performs(operations.hinder_action, action=action, by=request.user):
        return done(request, _("Hindret är anmält."), action)
    return form_page(request, form, heading=_("Anmäl hinder"), **beside(action))


@acts
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.resume_action, action_or_404(request, pk), said=_("Åtgärden är återupptagen."))


@writes
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_or_404(request, pk)
    require(rules.may_work_on(request.user, action))
    form = CompleteForm(request.POST or None)
    if form.performs(operations.complete_action, action=action, by=request.user):
        return done(request, _("Åtgärden är genomförd. Nu återstår att bedöma om den fick effekt."), action)
    return form_page(
        request, form, heading=_("Anmäl åtgärden som genomförd"), submit=_("Anmäl som genomförd"), **beside(action)
    )


@writes
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_or_404(request, pk)
    require(rules.may_work_on(request.user, action))
    form = ReasonForm(request.POST or None, label=_("Varför öppnas åtgärden igen?"))
    if form.performs(operations.reopen_action, action=action, by=request.user):
        return done(request, _("Åtgärden är öppen igen."), action)
    return form_page(request, form, heading=_("Öppna åtgärden igen"), submit=_("Öppna igen"), **beside(action))


@writes
def check_effect(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_or_404(request, pk)
    require(rules.may_work_on(request.user, action))
    form = EffectForm(request.POST or None)
    if form.performs(operations.check_effect, action=action, by=request.user):
        return done(request, _("Effekten är bedömd. Nu kan åtgärden avslutas."), action)
    return form_page(request, form, heading=_("Bedöm effekten"), submit=_("Spara bedömningen"), **beside(action))


@acts
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.close_action, action_or_404(request, pk), said=_("Åtgärden är avslutad."))


@writes
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_or_404(request, pk)
    require(rules.may_work_on(request.user, action))
    form = ReasonForm(request.POST or None, label=_("Varför ska åtgärden inte genomföras?"))
    if form.performs(operations.cancel_action, action=action, by=request.user):
        return done(request, _("Åtgärden utgår."), action)
    return form_page(request, form, heading=_("Låt åtgärden utgå"), **beside(action))


def action_or_404(request: HttpRequest, pk: int) -> Action:
    return shown_or_404(request, queries.actions_visible_to, pk)


def beside(action: Action) -> dict:
    """Where a form about the action stands: what it is called, the way back."""
    here = action.get_absolute_url()
    return {
        "intro": action.title,
        "cancel_url": here,
        "crumbs": [(_("Åtgärder"), reverse("actions:list")), (action.title, here)],
    }
