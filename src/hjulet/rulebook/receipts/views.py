from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import Refused, require
from hjulet.base.pages import acts, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.receipts import operations, queries, rules
from hjulet.rulebook.receipts.forms import AskForm, ReadingFilters, SeveralForm
from hjulet.rulebook.receipts.models import ReadingRequest
from hjulet.rulebook.receipts.tables import reading_table

TEMPLATES = "rulebook/receipts"


@reads
def to_read(request: HttpRequest) -> HttpResponse:
    return render(request, f"{TEMPLATES}/to_read.html", {"page": queries.to_read_page(request.user)})


@acts
def confirm_several(request: HttpRequest) -> HttpResponse:
    form = SeveralForm(request.POST, person=request.user)
    if form.performs(operations.confirm_readings, by=request.user):
        said = ngettext("%(n)s dokument är läst.", "%(n)s dokument är lästa.", form.result) % {"n": form.result}
        return done(request, said, "receipts:to_read")
    for sentence in [error for errors in form.errors.values() for error in errors]:
        messages.error(request, sentence)
    return redirect("receipts:to_read")


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = ReadingFilters(request.GET, queries.requests_listed_for, request=request)
    return table_page(request, reading_table(request.user), filters, f"{TEMPLATES}/index.html")


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.request_page(request.user, request_or_404(request, pk))
    context = {"page": page, "asking": page.request, "version": page.request.version}
    return render(request, f"{TEMPLATES}/detail.html", context)


@reads
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read a version, on its own page or as a part of the version's."""
    version = one_or_404(request, queries.versions_read_by, pk)
    context = {"page": queries.panel_of(request.user, version), "version": version}
    template = f"{TEMPLATES}/panel.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@acts
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    version = one_or_404(request, queries.versions_to_confirm, pk)
    try:
        operations.confirm_reading(version, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Tack! Det är antecknat att du har läst och förstått."))
    return redirect("receipts:to_read")


@writes
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    version = one_or_404(request, queries.versions_to_confirm, pk)
    require(rules.may_ask_somewhere(request.user, version.document))
    form = AskForm(request.POST or None, person=request.user, version=version)
    if form.performs(operations.ask_to_read, version=version, by=request.user):
        return done(request, _("De som berörs får besked om att läsa."), form.result[0])
    return form_page(
        request,
        form,
        heading=_("Be om läskvittens"),
        submit=_("Be dem läsa"),
        cancel_url=version.document.get_absolute_url(),
        intro=str(version),
        crumbs=crumbs(),
    )


@writes
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asking = request_or_404(request, pk)
    require(rules.may_withdraw(request.user, asking))
    form = ReasonForm(
        request.POST or None,
        label=_("Varför behöver det inte läsas?"),
        hint=_("De som redan har läst står kvar."),
    )
    if form.performs(operations.withdraw_request, request=asking, by=request.user):
        return done(request, _("Begäran är tagen tillbaka."), asking)
    here = asking.get_absolute_url()
    return form_page(
        request,
        form,
        heading=_("Ta tillbaka begäran"),
        cancel_url=here,
        intro=str(asking),
        crumbs=[*crumbs(), (asking.version.title, here)],
    )


def request_or_404(request: HttpRequest, pk: int) -> ReadingRequest:
    return one_or_404(request, queries.requests_listed_for, pk)


def crumbs() -> list[tuple[str, str]]:
    return [(_("Lästa dokument"), reverse("receipts:list"))]
