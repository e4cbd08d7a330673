from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require, require_no
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import as_download, table_page
from hjulet.collaboration.attachments.queries import content_of
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.documents import deciding, operations, queries, rules
from hjulet.rulebook.documents.comparing import compare as compared
from hjulet.rulebook.documents.files import version_file
from hjulet.rulebook.documents.filters import DocumentFilters
from hjulet.rulebook.documents.forms import (
    CommitteeDecisionForm,
    CompareForm,
    ConfirmForm,
    DayForm,
    DecideForm,
    DocumentForm,
    NewDocumentForm,
    ScopeForm,
    UploadForm,
    WriteForm,
)
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.posters import poster_of
from hjulet.rulebook.documents.tables import DOCUMENTS


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = DocumentFilters(request.GET, queries.documents_visible_to, request=request)
    context = {
        "may_start": holds_anywhere(request.user, Permission.RULEBOOK_EDIT),
        "may_read": holds_anywhere(request.user, Permission.RULEBOOK_READ),
    }
    return table_page(request, DOCUMENTS, filters, "rulebook/documents/index.html", context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.document_page(request.user, document_or_404(request, pk))
    context = {"page": page, "document": page.document, "day_form": DayForm()}
    return render(request, "rulebook/documents/detail.html", context)


@reads
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    page = queries.version_page(request.user, version_or_404(request, pk, number))
    return render(request, "rulebook/documents/version.html", {"page": page, "version": page.version})


@reads
def version_by_key(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(one_or_404(request, queries.versions_visible_to, pk))


@reads
def on_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Which version applied on a day: its own page, or the sentence that none did."""
    document = document_or_404(request, pk)
    form = DayForm(request.GET)
    if form.is_valid() and (found := queries.version_on(document, form.cleaned_data["day"])):
        return redirect("documents:version", pk=document.pk, number=found.number)
    context = {"document": document, "form": form, "day": form.cleaned_data.get("day")}
    return render(request, "rulebook/documents/on_day.html", context, status=422 if form.errors else 200)


@reads
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk)
    page = queries.compare_page(request.user, document, request.GET.get("older"), request.GET.get("newer"))
    form = CompareForm(initial={"older": page.older, "newer": page.newer}, numbers=page.numbers)
    comparison = compared(page.older_version, page.newer_version) if page.newer_version else None
    context = {"document": document, "form": form, "comparison": comparison}
    return render(request, "rulebook/documents/compare.html", context)


@reads
def history(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.history_page(request.user, document_or_404(request, pk))
    return render(request, "rulebook/documents/history.html", {"page": page, "document": page.document})


@reads
def file(request: HttpRequest, pk: int, number: int, format: str) -> HttpResponse:
    """As it was decided, byte for byte; of what is not decided, as it stands."""
    found = version_file(version_or_404(request, pk, number), format)
    if found is None:
        raise Http404
    return as_download(found.content, found.name, MEDIA_TYPES[format])


@reads
def original(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Always as a file to save: nothing that someone has uploaded opens inside our pages."""
    upload = version_or_404(request, pk, number).upload
    if upload is None:
        raise Http404
    return FileResponse(content_of(upload), as_attachment=True, filename=upload.name, content_type=upload.media_type)


@writes
def start(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.RULEBOOK_EDIT))
    form = NewDocumentForm(request.POST or None, person=request.user)
    if form.performs(operations.start_document, by=request.user):
        return done(request, _("Utkastet är påbörjat."), form.result)
    return form_page(
        request,
        form,
        heading=_("Börja ett styrande dokument"),
        submit=_("Börja utkastet"),
        cancel_url=reverse("documents:list"),
        crumbs=[(_("Styrande dokument"), reverse("documents:list"))],
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk)
    require(rules.may_change(request.user, document))
    form = DocumentForm(request.POST or None, instance=document, person=request.user)
    if form.performs(operations.change_document, document=document, by=request.user):
        return done(request, _("Ändringen är sparad."), document)
    return form_page(request, form, heading=_("Ändra uppgifterna"), submit=_("Spara ändringen"), **beside(document))


@writes
def scope(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk)
    require(rules.may_change(request.user, document))
    form = ScopeForm(request.POST or None, instance=document)
    if form.performs(operations.change_document, document=document, by=request.user):
        return done(request, _("Ändringen är sparad."), document)
    heading = _("Vem dokumentet gäller och vad det bygger på")
    return form_page(request, form, heading=heading, submit=_("Spara ändringen"), **beside(document))


@writes
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk)
    require(rules.may_change(request.user, document) or rules.may_decide(request.user, document))
    form = ConfirmForm(request.POST or None, document=document)
    if form.performs(operations.confirm_document, document=document, by=request.user):
        return done(request, _("Översynen är sparad."), document)
    return form_page(
        request, form, heading=_("Dokumentet stämmer fortfarande"), submit=_("Spara översynen"), **beside(document)
    )


@acts
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk)
    said = _("Ett utkast till ny version är påbörjat. Den version som gäller ändras inte.")
    return act(request, operations.revise_document, document, said=said, leads_to=lambda version: version)


@writes
def write(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    require(rules.may_change(request.user, version.document))
    require_no(rules.obstacle_to_writing(version))
    form = WriteForm(request.POST or None, instance=version)
    if form.performs(operations.write_version, version=version, by=request.user):
        return done(request, _("Texten är sparad."), version)
    heading, submit = _("Skriv texten"), _("Spara texten")
    if version.upload_id:
        heading, submit = _("Ändra titeln och vad som är nytt"), _("Spara ändringen")
    return form_page(request, form, heading=heading, submit=submit, **beside_version(version))


@writes
def upload(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    require(rules.may_change(request.user, version.document))
    require_no(rules.obstacle_to_file(version))
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.performs(operations.keep_file, version=version, by=request.user):
        return done(request, _("Filen är sparad."), version)
    return form_page(request, form, heading=_("Lägg in en fil"), submit=_("Spara filen"), **beside_version(version))


@acts
def remove_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return act(request, operations.remove_file, version_or_404(request, pk, number), said=_("Filen är borttagen."))


@acts
def send(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    return act(request, operations.send_version, version, said=_("Utkastet är skickat för granskning och beslut."))


@writes
def send_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    require(rules.may_move(request.user, version.document, "send_back"))
    form = ReasonForm(request.POST or None, label=_("Vad behöver ändras?"))
    if form.performs(operations.send_back_version, version=version, by=request.user):
        return done(request, _("Utkastet är tillbaka hos den som skriver."), version)
    return form_page(request, form, heading=_("Skicka tillbaka"), **beside_version(version))


@writes
def discard(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    require(rules.may_move(request.user, version.document, "discard"))
    form = ReasonForm(
        request.POST or None,
        label=_("Varför slopas utkastet?"),
        hint=_(
            "Utkastet finns kvar att läsa för dem som arbetar med dokumentet. "
            "Är inget i dokumentet beslutat lämnar det listan."
        ),
    )
    if form.performs(operations.discard_version, version=version, by=request.user):
        return done(request, _("Utkastet är slopat."), version.document)
    return form_page(request, form, heading=_("Slopa utkastet"), submit=_("Slopa"), **beside_version(version))


@writes
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    document = version.document
    require(rules.may_decide(request.user, document))
    if document.decider_role:
        form = DecideForm(request.POST or None, person=request.user, document=document)
        operation, heading = deciding.decide_version, _("Besluta om dokumentet")
    else:
        form = CommitteeDecisionForm(request.POST or None)
        operation, heading = deciding.record_committee_decision, _("Registrera nämndens beslut")
    if form.performs(operation, version=version, by=request.user):
        return done(request, _("Beslutet är fattat. Texten ändras inte mer."), version)
    return form_page(request, form, heading=heading, **beside_version(version))


@writes
def withdraw(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    require(rules.may_move(request.user, version.document, "withdraw"))
    form = ReasonForm(
        request.POST or None,
        label=_("Varför upphävs versionen?"),
        hint=_("Den gäller inte från och med i dag, men finns kvar att läsa."),
    )
    if form.performs(deciding.withdraw_version, version=version, by=request.user):
        return done(request, _("Versionen är upphävd."), version)
    return form_page(request, form, heading=_("Upphäv versionen"), submit=_("Upphäv"), **beside_version(version))


@reads
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "rulebook/documents/poster.html", {"poster": poster_of(document_or_404(request, pk))})


def document_or_404(request: HttpRequest, pk: int) -> GoverningDocument:
    return one_or_404(request, queries.documents_visible_to, pk)


def version_or_404(request: HttpRequest, pk: int, number: int) -> DocumentVersion:
    return get_object_or_404(queries.versions_visible_to(request.user), document__pk=pk, number=number)


def beside(document: GoverningDocument) -> dict:
    """Where a form about the document stands: what it is called, the way back."""
    here = document.get_absolute_url()
    return {
        "intro": document.title,
        "cancel_url": here,
        "crumbs": [(_("Styrande dokument"), reverse("documents:list")), (document.title, here)],
    }


def beside_version(version: DocumentVersion) -> dict:
    here, document = version.get_absolute_url(), version.document
    way = beside(document)
    return way | {
        "intro": str(version),
        "cancel_url": here,
        "crumbs": [*way["crumbs"], (_("Version %(number)s") % {"number": version.number}, here)],
    }
