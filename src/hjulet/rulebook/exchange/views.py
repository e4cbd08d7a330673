from contextlib import ExitStack
from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import as_download
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.rulebook.exchange.exporting import write_zip
from hjulet.rulebook.exchange.forms import ImportForm
from hjulet.rulebook.exchange.importing import import_documents
from hjulet.rulebook.exchange.index import INDEX, write_index

IN_MEMORY = 10 * 1024 * 1024


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.RULEBOOK_EDIT))
    form = ImportForm(request.POST or None, request.FILES or None, person=request.user)
    if form.performs(import_documents, by=request.user):
        if form.result.is_check:
            return render(request, "rulebook/exchange/preview.html", {"result": form.result})
        return done(request, _("Dokumenten är inlästa."), "documents:list")
    return form_page(
        request,
        form,
        heading=_("Läs in dokument"),
        submit=_("Läs in"),
        intro=_("Filen lägger till och ändrar, men tar aldrig bort. Ett fel i den gör att inget sparas."),
        cancel_url=reverse("documents:list"),
        crumbs=[(_("Styrande dokument"), reverse("documents:list"))],
    )


@reads
def template(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.RULEBOOK_EDIT))
    return as_download(write_index(()), INDEX, MEDIA_TYPES["xlsx"])


@reads
def take_out(request: HttpRequest) -> HttpResponse:
    """What the reader may see of what applies today, as one file."""
    require(holds_anywhere(request.user, Permission.RULEBOOK_READ))
    today = timezone.localdate()
    with ExitStack() as kept:
        into = kept.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        write_zip(into, request.user, today)
        kept.pop_all()  # the answer is sent from it, and closes it
    into.seek(0)
    name = f"styrande-dokument-{today.isoformat()}.zip"
    return FileResponse(into, as_attachment=True, filename=name, content_type="application/zip")
