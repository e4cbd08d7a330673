from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.documents.html import render_picture
from hjulet.base.operations import require
from hjulet.base.pages import done, reads, writes
from hjulet.base.table_pages import as_download
from hjulet.rulebook.processes import rules
from hjulet.rulebook.processes.bpmn import operations
from hjulet.rulebook.processes.bpmn.writing import write
from hjulet.rulebook.processes.forms import BpmnForm, NewBpmnForm
from hjulet.rulebook.processes.picture import figure
from hjulet.rulebook.processes.queries import drawn
from hjulet.rulebook.processes.telling import told
from hjulet.rulebook.processes.views import crumbs, name_of_file, process_to_change, version_or_404

TEMPLATES = "rulebook/processes"
MEDIA_TYPE = "application/xml"


@reads
def export(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    return as_download(write(drawn(version)), name_of_file(version, "bpmn"), MEDIA_TYPE)


@writes
def import_process(request: HttpRequest) -> HttpResponse:
    require(rules.may_describe_anywhere(request.user))
    form = NewBpmnForm(request.POST or None, request.FILES or None, person=request.user)
    performed = form.performs(operations.import_process, by=request.user)
    return taken_in(request, form, performed, back=reverse("processes:list"), around=crumbs())


@writes
def import_version(request: HttpRequest, pk: int) -> HttpResponse:
    process = process_to_change(request, pk)
    form = BpmnForm(request.POST or None, request.FILES or None)
    performed = form.performs(operations.import_version, process=process, by=request.user)
    here = process.get_absolute_url()
    return taken_in(request, form, performed, back=here, around=[*crumbs(), (process.title, here)])


def taken_in(request: HttpRequest, form: BpmnForm, performed: bool, *, back: str, around: list) -> HttpResponse:
    """First the form, then what the file says, then the process."""
    context = {"form": form, "back": back, "crumbs": around}
    if not performed:
        return render(request, f"{TEMPLATES}/upload.html", context, status=422 if form.errors else 200)
    outcome = form.result
    if not outcome.is_check:
        return done(request, _("Filen är inläst."), outcome.version)
    context |= {"outcome": outcome, "picture": render_picture(figure(outcome.diagram)), "steps": told(outcome.diagram)}
    return render(request, f"{TEMPLATES}/preview.html", context)
