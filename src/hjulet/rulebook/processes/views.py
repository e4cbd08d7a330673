from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.documents.html import render_picture
from hjulet.base.documents.rendering import RENDERED
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import as_download, table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.processes import operations, queries, rules
from hjulet.rulebook.processes.document import document_of
from hjulet.rulebook.processes.forms import (
    AdoptForm,
    NewProcessForm,
    ProcessFilters,
    ProcessForm,
    RecordAdoptionForm,
    VersionForm,
)
from hjulet.rulebook.processes.models import Process, ProcessVersion
from hjulet.rulebook.processes.picture import figure
from hjulet.rulebook.processes.queries import ProcessPage
from hjulet.rulebook.processes.tables import PROCESSES

TEMPLATES = "rulebook/processes"
FILES = {"docx", "pdf"}


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = ProcessFilters(request.GET, queries.processes_listed_for, request=request)
    context = {"may_describe": rules.may_describe_anywhere(request.user)}
    return table_page(request, PROCESSES, filters, f"{TEMPLATES}/index.html", context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, page_or_404(request, pk))


@reads
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return shown(request, page_or_404(request, pk, number))


def shown(request: HttpRequest, page: ProcessPage) -> HttpResponse:
    context = {
        "page": page,
        "process": page.process,
        "version": page.version,
        "picture": render_picture(figure(page.diagram)) if page.activities else "",
    }
    return render(request, f"{TEMPLATES}/detail.html", context)


def page_or_404(request: HttpRequest, pk: int, number: int | None = None) -> ProcessPage:
    page = queries.process_page(request.user, queries.versions_of(request.user, pk), number)
    if page is None:
        raise Http404
    return page


@reads
def file(request: HttpRequest, pk: int, number: int, format: str) -> HttpResponse:
    if format not in FILES:
        raise Http404
    page = page_or_404(request, pk, number)
    content = RENDERED[format](document_of(page, day=timezone.localdate()))
    return as_download(content, name_of_file(page.version, format), MEDIA_TYPES[format])


def name_of_file(version: ProcessVersion, ending: str) -> str:
    return f"{slugify(version.process.title) or 'process'}-{version.number}.{ending}"


@reads
def for_document(request: HttpRequest, pk: int) -> HttpResponse:
    document = one_or_404(request, queries.routines_to_choose, pk)
    rows = queries.activities_by_routine(request.user, document)
    template = f"{TEMPLATES}/for_document.html"
    return render(request, f"{template}#panel" if request.htmx else template, {"document": document, "rows": rows})


@writes
def describe(request: HttpRequest) -> HttpResponse:
    require(rules.may_describe_anywhere(request.user))
    form = NewProcessForm(request.POST or None, person=request.user)
    if form.performs(operations.describe_process, by=request.user):
        return done(request, _("Processen är påbörjad. Lägg till dess aktiviteter."), form.result)
    return form_page(
        request,
        form,
        heading=_("Beskriv en process"),
        submit=_("Börja beskriva"),
        cancel_url=reverse("processes:list"),
        crumbs=crumbs(),
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    process = process_to_change(request, pk)
    form = ProcessForm(request.POST or None, instance=process, person=request.user)
    if form.performs(operations.change_process, process=process, by=request.user):
        return done(request, _("Ändringen är sparad."), process)
    return form_page(request, form, heading=_("Ändra uppgifterna"), submit=_("Spara ändringen"), **beside(process))


@writes
def write_text(request: HttpRequest, pk: int) -> HttpResponse:
    version = draft_or_404(request, pk)
    form = VersionForm(request.POST or None, instance=version)
    if form.performs(operations.change_version, version=version, by=request.user):
        return done(request, _("Texten är sparad."), version)
    return form_page(
        request, form, heading=_("Ändra texten"), submit=_("Spara texten"), **beside(version.process, version)
    )


@acts
def begin_version(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("En ny version är påbörjad. Den som är fastställd gäller tills den nya är det.")
    return act(request, operations.begin_version, process_to_change(request, pk), said=said, leads_to=lambda new: new)


@acts
def send_to_review(request: HttpRequest, pk: int) -> HttpResponse:
    version = draft_or_404(request, pk)
    return act(request, operations.send_to_review, version, said=_("Processen är skickad på granskning."))


@writes
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    version = undecided_or_404(request, pk)
    require(rules.may_change(request.user, version.process) or rules.may_adopt(request.user, version.process))
    form = ReasonForm(request.POST or None, label=_("Varför tas processen tillbaka?"))
    if form.performs(operations.take_back, version=version, by=request.user):
        return done(request, _("Processen är ett utkast igen."), version)
    return form_page(request, form, heading=_("Ta tillbaka till utkast"), **beside(version.process, version))


@writes
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    version = undecided_or_404(request, pk)
    require(rules.may_adopt(request.user, version.process))
    form = AdoptForm(request.POST or None, person=request.user, process=version.process)
    if form.performs(operations.adopt_process, version=version, by=request.user):
        return done(request, _("Processen är fastställd och gäller nu."), version)
    return form_page(request, form, heading=_("Fastställ processen"), **beside(version.process, version))


@writes
def record_adoption(request: HttpRequest, pk: int) -> HttpResponse:
    version = undecided_or_404(request, pk)
    require(rules.may_record_adoption(request.user, version.process))
    form = RecordAdoptionForm(request.POST or None)
    if form.performs(operations.record_adoption, version=version, by=request.user):
        return done(request, _("Nämndens beslut är infört. Processen gäller nu."), version)
    return form_page(request, form, heading=_("För in nämndens beslut"), **beside(version.process, version))


@writes
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(queries.versions_visible_to(request.user).adopted(), process__pk=pk)
    require(rules.may_adopt(request.user, version.process))
    form = ReasonForm(request.POST or None, label=_("Varför gäller processen inte längre?"))
    if form.performs(operations.withdraw_process, version=version, by=request.user):
        return done(request, _("Processen är upphävd."), version)
    return form_page(request, form, heading=_("Upphäv processen"), **beside(version.process, version))


def process_or_404(request: HttpRequest, pk: int) -> Process:
    return one_or_404(request, queries.processes_visible_to, pk)


def process_to_change(request: HttpRequest, pk: int) -> Process:
    process = process_or_404(request, pk)
    require(rules.may_change(request.user, process))
    return process


def version_or_404(request: HttpRequest, pk: int, number: int) -> ProcessVersion:
    return get_object_or_404(queries.versions_visible_to(request.user), process__pk=pk, number=number)


def undecided_or_404(request: HttpRequest, pk: int) -> ProcessVersion:
    return get_object_or_404(queries.versions_visible_to(request.user).undecided(), process__pk=pk)


def draft_or_404(request: HttpRequest, pk: int) -> ProcessVersion:
    """The version that is being described, for somebody who may change it."""
    version = undecided_or_404(request, pk)
    require(rules.may_change(request.user, version.process))
    return version


def crumbs() -> list[tuple[str, str]]:
    return [(_("Processer"), reverse("processes:list"))]


def beside(process: Process, version: ProcessVersion | None = None) -> dict:
    """Where a form about the process stands: what it is called, the way back."""
    here = (version or process).get_absolute_url()
    return {"intro": process.title, "cancel_url": here, "crumbs": [*crumbs(), (process.title, here)]}
