from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.monitoring.recurring_duties import operations, queries, rules
from hjulet.monitoring.recurring_duties.forms import (
    DutyFilters,
    DutyForm,
    DutyOccurrenceFilters,
    FinishForm,
    FromTemplatesForm,
    NewDutyForm,
)
from hjulet.monitoring.recurring_duties.models import DutyOccurrence, RecurringDuty
from hjulet.monitoring.recurring_duties.tables import DUTIES, DUTY_OCCURRENCES
from hjulet.organisation.secrecy.pages import one_or_404

TEMPLATES = "monitoring/recurring_duties"


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = DutyFilters(request.GET, queries.duties_listed_for, request=request)
    context = {"may_plan": rules.may_plan_anywhere(request.user)}
    return table_page(request, DUTIES, filters, f"{TEMPLATES}/index.html", context)


@reads
def occurrences(request: HttpRequest) -> HttpResponse:
    filters = DutyOccurrenceFilters(request.GET, queries.duty_occurrences_visible_to, request=request)
    return table_page(request, DUTY_OCCURRENCES, filters, f"{TEMPLATES}/occurrences.html")


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.duty_page(request.user, duty_or_404(request, pk))
    return render(request, f"{TEMPLATES}/detail.html", {"page": page, "duty": page.duty})


@writes
def plan(request: HttpRequest) -> HttpResponse:
    require(rules.may_plan_anywhere(request.user))
    form = NewDutyForm(request.POST or None, person=request.user)
    if form.performs(operations.plan_duty, by=request.user):
        return done(request, _("Uppgiften är inlagd i årshjulet."), form.result)
    cancel = reverse("recurring_duties:list")
    return form_page(
        request, form, heading=_("Ny årsuppgift"), submit=_("Lägg in i årshjulet"), cancel_url=cancel, crumbs=crumbs()
    )


@writes
def plan_from_templates(request: HttpRequest) -> HttpResponse:
    require(rules.may_plan_anywhere(request.user))
    form = FromTemplatesForm(request.POST or None, person=request.user)
    if form.performs(operations.plan_from_templates, by=request.user):
        count = len(form.result)
        said = ngettext("%(n)s uppgift är inlagd i årshjulet.", "%(n)s uppgifter är inlagda i årshjulet.", count)
        return done(request, said % {"n": count}, "recurring_duties:list")
    return form_page(
        request,
        form,
        heading=_("Lägg in uppgifter från mallarna"),
        submit=_("Lägg in de valda"),
        cancel_url=reverse("recurring_duties:list"),
        crumbs=crumbs(),
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    duty = duty_or_404(request, pk)
    require(rules.may_change(request.user, duty))
    form = DutyForm(request.POST or None, instance=duty, person=request.user)
    if form.performs(operations.change_duty, duty=duty, by=request.user):
        return done(request, _("Ändringen är sparad."), duty)
    return form_page(request, form, heading=_("Ändra uppgiften"), submit=_("Spara ändringen"), **beside_duty(duty))


@writes
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    duty = duty_or_404(request, pk)
    require(rules.may_change(request.user, duty))
    form = ReasonForm(
        request.POST or None,
        label=_("Varför ska uppgiften inte längre göras?"),
        hint=_("Det som är gjort eller missat ligger kvar. Kommande tillfällen försvinner."),
    )
    if form.performs(operations.stop_duty, duty=duty, by=request.user):
        return done(request, _("Uppgiften är stoppad."), duty)
    return form_page(request, form, heading=_("Stoppa uppgiften"), **beside_duty(duty))


@reads
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.occurrence_page(request.user, occurrence_or_404(request, pk))
    context = {"page": page, "occurrence": page.occurrence, "duty": page.occurrence.duty}
    return render(request, f"{TEMPLATES}/occurrence.html", context)


@writes
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_work_on(request, pk)
    form = FinishForm(request.POST or None, instance=occurrence)
    if form.performs(operations.finish_duty, occurrence=occurrence, by=request.user):
        return done(request, _("Uppgiften är markerad som gjord."), occurrence)
    return form_page(request, form, heading=_("Markera som gjord"), **beside(occurrence))


@writes
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_work_on(request, pk)
    form = ReasonForm(
        request.POST or None,
        label=_("Varför öppnas uppgiften igen?"),
        hint=_("Det som skrevs när den blev gjord flyttas till historiken."),
    )
    if form.performs(operations.reopen_duty, occurrence=occurrence, by=request.user):
        return done(request, _("Uppgiften är öppen igen."), occurrence)
    return form_page(request, form, heading=_("Öppna igen"), **beside(occurrence))


@writes
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_work_on(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför är uppgiften inte aktuell den här gången?"))
    if form.performs(operations.set_duty_aside, occurrence=occurrence, by=request.user):
        return done(request, _("Uppgiften är markerad som inte aktuell den här gången."), occurrence)
    return form_page(request, form, heading=_("Markera som inte aktuell"), **beside(occurrence))


@writes
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    occurrence = occurrence_to_work_on(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför är uppgiften aktuell igen?"))
    if form.performs(operations.restore_duty, occurrence=occurrence, by=request.user):
        return done(request, _("Uppgiften är planerad igen."), occurrence)
    return form_page(request, form, heading=_("Gör aktuell igen"), **beside(occurrence))


def duty_or_404(request: HttpRequest, pk: int) -> RecurringDuty:
    return one_or_404(request, queries.duties_visible_to, pk)


def occurrence_or_404(request: HttpRequest, pk: int) -> DutyOccurrence:
    return one_or_404(request, queries.duty_occurrences_visible_to, pk)


def occurrence_to_work_on(request: HttpRequest, pk: int) -> DutyOccurrence:
    occurrence = occurrence_or_404(request, pk)
    require(rules.may_work_on(request.user, occurrence))
    return occurrence


def crumbs() -> list[tuple[str, str]]:
    return [(_("Årsuppgifter"), reverse("recurring_duties:list"))]


def beside_duty(duty: RecurringDuty) -> dict:
    """Where a form about the duty stands: what it is called, the way back."""
    here = duty.get_absolute_url()
    return {"intro": duty.title, "cancel_url": here, "crumbs": [*crumbs(), (duty.title, here)]}


def beside(occurrence: DutyOccurrence) -> dict:
    """The same for a form about one occurrence."""
    around, here, day = beside_duty(occurrence.duty), occurrence.get_absolute_url(), str(occurrence.due_date)
    return around | {
        "intro": str(occurrence),
        "cancel_url": here,
        "crumbs": [*around["crumbs"], (day, here)],
    }
