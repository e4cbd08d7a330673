from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.planning.leads.views import action_page, link_page, risk_page
from hjulet.planning.participation import forms, operations, queries, rules
from hjulet.planning.participation.models import Meeting, Outcome
from hjulet.planning.participation.tables import MEETINGS, OUTCOMES

TEMPLATES = "planning/participation"


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = forms.MeetingFilters(request.GET, queries.listed_meetings, request=request)
    context = {"may_note": rules.may_note_anywhere(request.user)}
    return table_page(request, MEETINGS, filters, f"{TEMPLATES}/index.html", context)


@reads
def outcomes(request: HttpRequest) -> HttpResponse:
    filters = forms.OutcomeFilters(request.GET, queries.listed_outcomes, request=request)
    return table_page(request, OUTCOMES, filters, f"{TEMPLATES}/outcomes.html")


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.meeting_page(request.user, meeting_or_404(request, pk))
    return render(request, f"{TEMPLATES}/detail.html", {"page": page, "meeting": page.meeting})


@writes
def note(request: HttpRequest) -> HttpResponse:
    require(rules.may_note_anywhere(request.user))
    form = forms.NewMeetingForm(request.POST or None, person=request.user)
    if form.performs(operations.note_meeting, by=request.user):
        return done(request, _("Mötet är antecknat. Skriv nu vad som kom fram."), form.result)
    cancel = reverse("participation:list")
    return form_page(
        request,
        form,
        heading=_("Anteckna ett möte"),
        submit=_("Spara mötet"),
        cancel_url=cancel,
        crumbs=[(_("Möten"), cancel)],
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_to_change(request, pk)
    form = forms.MeetingForm(request.POST or None, instance=meeting, person=request.user)
    if form.performs(operations.change_meeting, meeting=meeting, by=request.user):
        return done(request, _("Ändringen är sparad."), meeting)
    return form_page(request, form, heading=_("Ändra mötet"), submit=_("Spara ändringen"), **beside_meeting(meeting))


@writes
def count_participants(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_to_change(request, pk)
    form = forms.AttendanceForm(request.POST or None, meeting=meeting)
    if form.performs(operations.count_participants, meeting=meeting, by=request.user):
        return done(request, _("Antalet deltagare är sparat."), meeting)
    return form_page(
        request, form, heading=_("Hur många deltog?"), submit=_("Spara antalet"), **beside_meeting(meeting)
    )


@writes
def note_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_to_change(request, pk)
    form = forms.NewOutcomeForm(request.POST or None)
    if form.performs(operations.note_outcome, meeting=meeting, by=request.user):
        return done(request, _("Det är sparat. Säg nu vad det leder till."), form.result)
    return form_page(request, form, heading=_("Skriv vad som kom fram"), submit=_("Spara"), **beside_meeting(meeting))


@reads
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.outcome_page(request.user, outcome_or_404(request, pk))
    context = {"page": page, "outcome": page.outcome, "meeting": page.outcome.meeting}
    return render(request, f"{TEMPLATES}/outcome.html", context)


@writes
def change_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    found = outcome_to_work_on(request, pk)
    form = forms.OutcomeForm(request.POST or None, instance=found)
    if form.performs(operations.change_outcome, outcome=found, by=request.user):
        return done(request, _("Ändringen är sparad."), found)
    return form_page(request, form, heading=_("Ändra det som kom fram"), submit=_("Spara ändringen"), **beside(found))


@writes
def plan_action(request: HttpRequest, pk: int) -> HttpResponse:
    found = outcome_to_work_on(request, pk)
    return action_page(
        request, found, operations.plan_action_from, title=str(found), description=found.text, around=beside(found)
    )


@writes
def answer_with_action(request: HttpRequest, pk: int) -> HttpResponse:
    found = outcome_to_work_on(request, pk)
    return link_page(request, found, operations.answer_with_action, around=beside(found))


@writes
def identify_risk(request: HttpRequest, pk: int, analysis_pk: int) -> HttpResponse:
    found = outcome_to_work_on(request, pk)
    initial = {"title": str(found), "deficiency": found.text, "source_note": str(found.meeting)}
    return risk_page(request, found, operations.identify_risk_from, analysis_pk, initial=initial, around=beside(found))


@writes
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = outcome_to_work_on(request, pk)
    form = ReasonForm(
        request.POST or None,
        label=_("Varför blir det ingen åtgärd?"),
        hint=_("Skriv så att de som var med på mötet förstår."),
    )
    if form.performs(operations.answer_without_measure, outcome=found, by=request.user):
        return done(request, _("Det är besvarat utan åtgärd."), found)
    return form_page(request, form, heading=_("Besvara utan åtgärd"), **beside(found))


@writes
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = outcome_to_work_on(request, pk)
    form = ReasonForm(
        request.POST or None,
        label=_("Varför öppnas det igen?"),
        hint=_("Det som det har lett till ligger kvar."),
    )
    if form.performs(operations.reopen_outcome, outcome=found, by=request.user):
        return done(request, _("Det är öppet igen."), found)
    return form_page(request, form, heading=_("Öppna igen"), **beside(found))


def meeting_or_404(request: HttpRequest, pk: int) -> Meeting:
    return one_or_404(request, queries.meetings_visible_to, pk)


def meeting_to_change(request: HttpRequest, pk: int) -> Meeting:
    meeting = meeting_or_404(request, pk)
    require(rules.may_change(request.user, meeting))
    return meeting


def outcome_or_404(request: HttpRequest, pk: int) -> Outcome:
    return one_or_404(request, queries.outcomes_visible_to, pk)


def outcome_to_work_on(request: HttpRequest, pk: int) -> Outcome:
    found = outcome_or_404(request, pk)
    require(rules.may_work_on(request.user, found))
    return found


def beside_meeting(meeting: Meeting) -> dict:
    """Where a form about the meeting stands: what it is called, the way back."""
    here = meeting.get_absolute_url()
    crumbs = [(_("Möten"), reverse("participation:list")), (meeting.subject, here)]
    return {"intro": str(meeting), "cancel_url": here, "crumbs": crumbs}


def beside(outcome: Outcome) -> dict:
    """The same for a form about one thing that came out of it."""
    around, here = beside_meeting(outcome.meeting), outcome.get_absolute_url()
    return around | {
        "intro": outcome.text,
        "cancel_url": here,
        "crumbs": [*around["crumbs"], (outcome.get_kind_display(), here)],
    }
