from contextlib import ExitStack
from tempfile import TemporaryFile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.documents.rendering import RENDERED
from hjulet.base.operations import require
from hjulet.base.pages import acts, done, form_page, reads, writes
from hjulet.base.table_pages import as_download
from hjulet.organisation.models import Unit
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.reporting.compliance import operations, queries, rules
from hjulet.reporting.compliance.documents import document_of
from hjulet.reporting.compliance.forms import JudgementForm
from hjulet.rulebook.models import Provision

TEMPLATES = "reporting/compliance"


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(rules.may_read_any(request.user))
    return render(request, f"{TEMPLATES}/index.html", {"committees": queries.committees_listed_for(request.user)})


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.compliance_page(request.user, committee_or_404(request, pk))
    return render(request, f"{TEMPLATES}/detail.html", {"page": page})


@reads
def requirement(request: HttpRequest, pk: int, provision: int) -> HttpResponse:
    committee, provision = committee_or_404(request, pk), provision_or_404(request, provision)
    page = queries.requirement_page(request.user, committee, provision)
    return render(request, f"{TEMPLATES}/requirement.html", {"page": page, "provision": provision})


@writes
def judge(request: HttpRequest, pk: int, provision: int) -> HttpResponse:
    committee, provision = committee_or_404(request, pk), provision_or_404(request, provision)
    require(rules.may_judge(request.user, committee))
    here = reverse("compliance:requirement", args=[pk, provision.pk])
    form = JudgementForm(request.POST or None)
    if form.performs(operations.judge, committee=committee, provision=provision, by=request.user):
        return done(request, _("Bedömningen är sparad."), here)
    return form_page(
        request,
        form,
        heading=_("Bedöm kravet"),
        submit=_("Spara bedömningen"),
        intro=f"{provision.reference} {provision.heading}",
        cancel_url=here,
        crumbs=[*crumbs(committee), (str(provision), here)],
    )


@reads
def file(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    committee = committee_or_404(request, pk)
    if format not in RENDERED:
        raise Http404
    document = document_of(queries.compliance_page(request.user, committee))
    name = f"efterlevnad-{slugify(committee.name)}.{format}"
    return as_download(RENDERED[format](document), name, MEDIA_TYPES[format])


@acts
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_or_404(request, pk)
    day = timezone.localdate()
    with ExitStack() as kept:
        into = kept.enter_context(TemporaryFile())
        operations.take_out_archive(committee, by=request.user, into=into, day=day)
        kept.pop_all()  # the answer is sent from it, and closes it
    into.seek(0)
    name = f"efterlevnad-{slugify(committee.name)}-{day}.zip"
    return FileResponse(into, as_attachment=True, filename=name, content_type="application/zip")


def committee_or_404(request: HttpRequest, pk: int) -> Unit:
    return one_or_404(request, queries.committees_visible_to, pk)


def provision_or_404(request: HttpRequest, pk: int) -> Provision:
    return one_or_404(request, queries.requirements_of, pk)


def crumbs(committee: Unit) -> list[tuple[str, str]]:
    here = reverse("compliance:detail", args=[committee.pk])
    return [(_("Efterlevnad"), reverse("compliance:list")), (committee.name, here)]
