from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.monitoring.self_monitoring import operations, queries, rules
from hjulet.monitoring.self_monitoring.forms import (
    ControlFilters,
    ControlForm,
    CorrectionForm,
    FindingActionForm,
    ManyControlsForm,
    NewControlForm,
    OccurrenceFilters,
    ResultForm,
    StopForm,
)
from hjulet.monitoring.self_monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring.tables import CONTROLS, OCCURRENCES
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404

TEMPLATES = "monitoring/self_monitoring"


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = ControlFilters(request.GET, queries.controls_listed_for, request=request)
    may_plan = holds_anywhere(request.user, Permission.CONTROLS_EDIT)
    context = {"may_plan": may_plan}
    return table_page(request, CONTROLS, filters, f"{TEMPLATES}/index.html", context, may_change=may_plan)


@reads
def occurrences(request: HttpRequest) -> HttpResponse:
    filters = OccurrenceFilters(request.GET, queries.occurrences_listed_for, request=request)
    may_record = rules.may_record_any(request.user)
    return table_page(request, OCCURRENCES, filters, f"{TEMPLATES}/occurrences.html", may_change=may_record)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.control_page(request.user, control_or_404(request, pk))
    return render(request, f"{TEMPLATES}/detail.html", {"page": page, "control": page.control})


@writes
def plan(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.CONTROLS_EDIT))
    form = NewControlForm(request.POST or None, person=request.user)
    if form.performs(operations.plan_control, by=request.user):
        return done(request, _("Egenkontrollen är planerad och dess tillfällen är utlagda."), form.result)
    cancel = reverse("self_monitoring:list")
    return form_page(
        request, form, heading=_("Planera en egenkontroll"), submit=_("Planera egenkontrollen"), cancel_url=cancel
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    control = control_or_404(request, pk)
    require(rules.may_change(request.user, control))
    form = ControlForm(request.POST or None, instance=control, person=request.user)
    if form.performs(operations.change_control, control=control, by=request.user):
        return done(request, _("Ändringen är sparad."), control)
    return form_page(
        request, form, heading=_("Ändra egenkontrollen"), submit=_("Spara ändringen"), **beside_control(control)
    )


@writes
def change_many(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.CONTROLS_EDIT))
    return many_page(
        request,
        CONTROLS,
        queries.controls_listed_for(request.user),
        ManyControlsForm(request.POST or None, person=request.user),
        operations.change_controls,
        may=rules.may_change,
        obstacle=rules.obstacle_to_changing,
        heading=_("Ändra flera egenkontroller"),
        said=lambda n: ngettext("%(n)s egenkontroll är ändrad.", "%(n)s egenkontroller är ändrade.", n) % {"n": n},
        back="self_monitoring:list",
    )


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.CONTROLS_EDIT))
    return read_in_page(
        request,
        CONTROLS,
        queries.controls_listed_for(request.user),
        form=lambda control: ControlForm(instance=control, person=request.user),
        change=operations.change_control,
        back="self_monitoring:list",
    )


@writes
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    control = control_or_404(request, pk)
    require(rules.may_change(request.user, control))
    form = StopForm(request.POST or None)
    if form.performs(operations.stop_control, control=control, by=request.user):
        return done(request, _("Egenkontrollen är stoppad. Tillfällen efter den sista dagen är borttagna."), control)
    return form_page(request, form, heading=_("Stoppa egenkontrollen"), **beside_control(control))


@reads
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.occurrence_page(request.user, occurrence_or_404(request, pk))
    context = {"page": page, "occurrence": page.occurrence, "control": page.occurrence.control}
    return render(request, f"{TEMPLATES}/occurrence.html", context)


@writes
def record(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_record(request, pk)
    form = ResultForm(request.POST or None, instance=occurrence)
    if form.performs(operations.record_result, occurrence=occurrence, by=request.user):
        return done(request, _("Resultatet är registrerat."), occurrence)
    return form_page(
        request, form, heading=_("Registrera resultatet"), submit=_("Spara resultatet"), **beside(occurrence)
    )


@writes
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_record(request, pk)
    form = CorrectionForm(request.POST or None, instance=occurrence)
    if form.performs(operations.correct_result, occurrence=occurrence, by=request.user):
        return done(request, _("Resultatet är rättat. Det gamla finns i historiken."), occurrence)
    return form_page(request, form, heading=_("Rätta resultatet"), submit=_("Spara rättelsen"), **beside(occurrence))


@writes
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_record(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför är kontrollen inte aktuell den här gången?"))
    if form.performs(operations.set_aside, occurrence=occurrence, by=request.user):
        return done(request, _("Tillfället är markerat som inte aktuellt."), occurrence)
    return form_page(request, form, heading=_("Markera som inte aktuell"), **beside(occurrence))


@writes
def set_aside_many(request: HttpRequest) -> HttpResponse:
    require(rules.may_record_any(request.user))
    return many_page(
        request,
        OCCURRENCES,
        queries.occurrences_visible_to(request.user),
        ReasonForm(request.POST or None, label=_("Varför är kontrollerna inte aktuella den här gången?")),
        operations.set_aside_many,
        may=rules.may_record,
        obstacle=lambda occurrence: rules.obstacle_to_move(occurrence, "set_aside"),
        heading=_("Markera som inte aktuella"),
        said=lambda n: ngettext("%(n)s tillfälle är markerat.", "%(n)s tillfällen är markerade.", n) % {"n": n},
        back="self_monitoring:occurrences",
    )


@writes
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_record(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför är kontrollen aktuell igen?"))
    if form.performs(operations.restore, occurrence=occurrence, by=request.user):
        return done(request, _("Tillfället är planerat igen."), occurrence)
    return form_page(request, form, heading=_("Gör aktuell igen"), **beside(occurrence))


@writes
def plan_action(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_or_404(request, pk)
    require(rules.may_plan_action_from(request.user, occurrence))
    form = FindingActionForm(request.POST or None, person=request.user, occurrence=occurrence)
    if form.performs(operations.plan_action_from, occurrence=occurrence, by=request.user):
        return done(request, _("Åtgärden är planerad."), form.result)
    return form_page(request, form, heading=_("Planera en åtgärd"), submit=_("Planera åtgärden"), **beside(occurrence))


def control_or_404(request: HttpRequest, pk: int) -> Control:
    return one_or_404(request, queries.controls_visible_to, pk)


def occurrence_or_404(request: HttpRequest, pk: int) -> Occurrence:
    return one_or_404(request, queries.occurrences_visible_to, pk)


def occurrence_to_record(request: HttpRequest, pk: int) -> Occurrence:
    occurrence = occurrence_or_404(request, pk)
    require(rules.may_record(request.user, occurrence))
    return occurrence


def beside_control(control: Control) -> dict:
    """Where a form about the control stands: what it is called, the way back."""
    here = control.get_absolute_url()
    crumbs = [(_("Egenkontroll"), reverse("self_monitoring:list")), (control.title, here)]
    return {"intro": control.title, "cancel_url": here, "crumbs": crumbs}


def beside(occurrence: Occurrence) -> dict:
    """The same for a form about one occurrence."""
    around, here = beside_control(occurrence.control), occurrence.get_absolute_url()
    return around | {
        "intro": f"{occurrence.control.title}, {occurrence.period}",
        "cancel_url": here,
        "crumbs": [*around["crumbs"], (occurrence.period, here)],
    }
