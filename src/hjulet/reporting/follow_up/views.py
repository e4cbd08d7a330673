from operator import itemgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import as_download, table_page
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.reporting.follow_up import operations, queries, rules
from hjulet.reporting.follow_up.content import BY_KEY
from hjulet.reporting.follow_up.forms import (
    FollowUpFilters,
    LessonForm,
    NewLessonForm,
    ReportForm,
    StartForm,
    TextForm,
)
from hjulet.reporting.follow_up.models import FollowUp
from hjulet.reporting.follow_up.tables import FOLLOW_UPS


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = FollowUpFilters(request.GET, queries.follow_ups_visible_to, request=request)
    may_start = holds_anywhere(request.user, Permission.FOLLOW_UPS_EDIT)
    return table_page(request, FOLLOW_UPS, filters, "reporting/follow_up/index.html", {"may_start": may_start})


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.follow_up_page(request.user, follow_up_or_404(request, pk))
    return render(request, "reporting/follow_up/detail.html", {"page": page, "follow_up": page.follow_up})


@reads
def rows(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    follow_up = follow_up_or_404(request, pk)
    figure = BY_KEY.get(key)
    if figure is None:
        raise Http404
    found = figure.rows_in(queries.content_of(follow_up))
    may_open_rows = rules.may_open_rows(request.user, follow_up)
    context = {"follow_up": follow_up, "figure": figure, "rows": found, "may_open_rows": may_open_rows}
    return render(request, "reporting/follow_up/rows.html", context)


@writes
def start(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.FOLLOW_UPS_EDIT))
    form = StartForm(request.POST or None, person=request.user)
    if form.performs(operations.start_follow_up_of, by=request.user):
        return redirect(form.result)
    return form_page(
        request, form, heading=_("Börja en uppföljning"), submit=_("Börja"), cancel_url=reverse("follow_up:list")
    )


@writes
def write_text(request: HttpRequest, pk: int, text: int) -> HttpResponse:
    follow_up = follow_up_or_404(request, pk)
    require(rules.may_edit(request.user, follow_up.unit))
    chosen = get_object_or_404(follow_up.texts.select_related("quality_area", "follow_up__unit"), pk=text)
    form = TextForm(request.POST or None, instance=chosen)
    if form.performs(operations.write_text, text=chosen, by=request.user):
        return done(request, _("Texten är sparad."), follow_up)
    return form_page(request, form, heading=str(chosen), submit=_("Spara texten"), **beside(follow_up))


@writes
def add_lesson(request: HttpRequest, pk: int) -> HttpResponse:
    follow_up = follow_up_or_404(request, pk)
    require(rules.may_edit(request.user, follow_up.unit))
    form = NewLessonForm(request.POST or None)
    if form.performs(operations.add_lesson, follow_up=follow_up, by=request.user):
        return done(request, _("Lärdomen är sparad."), follow_up)
    return form_page(request, form, heading=_("Skriv en lärdom"), submit=_("Spara lärdomen"), **beside(follow_up))


@writes
def change_lesson(request: HttpRequest, pk: int, lesson: int) -> HttpResponse:
    follow_up = follow_up_or_404(request, pk)
    require(rules.may_edit(request.user, follow_up.unit))
    chosen = get_object_or_404(follow_up.lessons.select_related("follow_up__unit"), pk=lesson)
    form = LessonForm(request.POST or None, instance=chosen)
    if form.performs(operations.change_lesson, lesson=chosen, by=request.user):
        return done(request, _("Lärdomen är sparad."), follow_up)
    return form_page(request, form, heading=_("Ändra lärdomen"), submit=_("Spara lärdomen"), **beside(follow_up))


@acts
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Uppföljningen är lämnad till nämnden.")
    return act(request, operations.propose_follow_up, follow_up_or_404(request, pk), said=said)


@writes
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    follow_up = follow_up_or_404(request, pk)
    require(rules.may_edit(request.user, follow_up.unit))
    form = ReasonForm(request.POST or None, label=_("Varför tas uppföljningen tillbaka?"))
    if form.performs(operations.send_back_follow_up, follow_up=follow_up, by=request.user):
        return done(request, _("Uppföljningen är ett utkast igen."), follow_up)
    heading = _("Ta tillbaka till utkast")
    return form_page(request, form, heading=heading, **beside(follow_up))


@writes
def report(request: HttpRequest, pk: int) -> HttpResponse:
    follow_up = follow_up_or_404(request, pk)
    require(rules.may_report(request.user, follow_up.unit))
    form = ReportForm(request.POST or None)
    if form.performs(operations.report_follow_up, follow_up=follow_up, by=request.user):
        return done(request, _("Redovisningen är införd. Uppföljningen ändras inte mer."), follow_up)
    heading = _("Registrera nämndens beslut")
    return form_page(request, form, heading=heading, **beside(follow_up))


@acts
def start_next_year(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Nästa års riskanalys är påbörjad, med årets risker och lärdomar.")
    follow_up = follow_up_or_404(request, pk)
    return act(request, operations.start_next_year, follow_up, said=said, leads_to=itemgetter(0))


@reads
def file(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    found = get_object_or_404(follow_up_or_404(request, pk).files, format=format)
    return as_download(bytes(found.content), found.name, MEDIA_TYPES[found.format])


def follow_up_or_404(request: HttpRequest, pk: int) -> FollowUp:
    return one_or_404(request, queries.follow_ups_visible_to, pk)


def beside(follow_up: FollowUp) -> dict:
    here = follow_up.get_absolute_url()
    return {
        "intro": str(follow_up),
        "cancel_url": here,
        "crumbs": [(_("Uppföljning"), reverse("follow_up:list")), (str(follow_up), here)],
    }
