from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import Form
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.processes import queries, rules
from hjulet.rulebook.processes.activities import operations
from hjulet.rulebook.processes.activities.forms import ActivityForm, FlowForm, NewActivityForm, PositionForm
from hjulet.rulebook.processes.parts import Activity
from hjulet.rulebook.processes.views import beside, draft_or_404


@reads
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.activity_page(request.user, activity_or_404(request, pk))
    return render(request, "rulebook/processes/activity.html", {"page": page, "activity": page.activity})


@writes
def add_activity(request: HttpRequest, pk: int) -> HttpResponse:
    version = draft_or_404(request, pk)
    form = NewActivityForm(request.POST or None, person=request.user, version=version)
    if form.performs(operations.add_activity, version=version, by=request.user):
        return done(request, _("Aktiviteten är tillagd."), version)
    return form_page(request, form, heading=_("Lägg till en aktivitet"), **beside(version.process, version))


@writes
def change_activity(request: HttpRequest, pk: int) -> HttpResponse:
    activity = activity_to_change(request, pk)
    version = activity.version
    form = ActivityForm(request.POST or None, instance=activity, person=request.user, version=version)
    if form.performs(operations.change_activity, activity=activity, by=request.user):
        return done(request, _("Ändringen är sparad."), version)
    return form_page(
        request,
        form,
        heading=_("Ändra aktiviteten"),
        submit=_("Spara ändringen"),
        **beside(version.process, version),
    )


@acts
def move_up(request: HttpRequest, pk: int) -> HttpResponse:
    return moved(request, pk, operations.move_up)


@acts
def move_down(request: HttpRequest, pk: int) -> HttpResponse:
    return moved(request, pk, operations.move_down)


def moved(request: HttpRequest, pk: int, operation: Callable[..., Activity]) -> HttpResponse:
    """Back to the same row, so that it can be moved again."""
    activity = activity_to_change(request, pk)
    said = _("Aktiviteten är flyttad.")
    return act(request, operation, activity, said=said, leads_to=row_of, refused_at=row_of(activity))


@acts
def place_activity(request: HttpRequest, pk: int) -> HttpResponse:
    activity = activity_to_change(request, pk)
    form = PositionForm(request.POST)
    if form.performs(operations.place_activity, activity=activity, by=request.user):
        return done(request, _("Aktiviteten är flyttad."), row_of(activity))
    return redirect(row_of(activity))


@writes
def remove_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked for first: what is written about it goes with it, and is not got back."""
    activity = activity_to_change(request, pk)
    version = activity.version
    form = Form(request.POST if request.method == "POST" else None)
    if form.performs(operations.remove_activity, activity=activity, by=request.user):
        return done(request, _("Aktiviteten är borttagen."), version)
    told = _("%(step)s. Det som är skrivet om aktiviteten försvinner, och vägarna till och från den.")
    place = beside(version.process, version) | {"intro": told % {"step": activity}}
    return form_page(request, form, heading=_("Ta bort aktiviteten"), **place)


@writes
def add_flow(request: HttpRequest, pk: int) -> HttpResponse:
    version = draft_or_404(request, pk)
    form = FlowForm(request.POST or None, version=version)
    if form.performs(operations.add_flow, version=version, by=request.user):
        return done(request, _("Vägen är tillagd."), version)
    return form_page(request, form, heading=_("Lägg till en väg"), **beside(version.process, version))


@acts
def remove_flow(request: HttpRequest, pk: int) -> HttpResponse:
    flow = one_or_404(request, queries.flows_visible_to, pk)
    require(rules.may_change(request.user, flow.version.process))
    return act(request, operations.remove_flow, flow, said=_("Vägen är borttagen."))


def activity_or_404(request: HttpRequest, pk: int) -> Activity:
    return one_or_404(request, queries.activities_visible_to, pk)


def activity_to_change(request: HttpRequest, pk: int) -> Activity:
    activity = activity_or_404(request, pk)
    require(rules.may_change(request.user, activity.version.process))
    return activity


def row_of(activity: Activity) -> str:
    """Where the activity stands in the list on the page of its version."""
    return f"{activity.version.get_absolute_url()}#steg-{activity.pk}"
