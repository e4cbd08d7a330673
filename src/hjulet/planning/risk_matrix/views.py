from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.operations import Refused, require
from hjulet.base.pages import acts, done, form_page, reads, taken_up, writes
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.planning.risk_matrix import operations, queries, rules
from hjulet.planning.risk_matrix.forms import MatrixForm, PutInForceForm
from hjulet.planning.risk_matrix.models import RiskMatrix


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    return render(request, "planning/risk_matrix/index.html", {"page": queries.versions_page(request.user)})


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.matrix_page(request.user, matrix_or_404(request, pk))
    return render(request, "planning/risk_matrix/detail.html", {"page": page, "matrix": page.matrix})


@acts
def draft(request: HttpRequest) -> HttpResponse:
    try:
        matrix = operations.draft_matrix(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("risk_matrix:list")
    return done(
        request, _("Utkastet är skapat. Det gäller inte förrän du sätter det i kraft."), "risk_matrix:set_up", matrix.pk
    )


@writes
def set_up(request: HttpRequest, pk: int) -> HttpResponse:
    matrix = matrix_or_404(request, pk)
    require(rules.may_edit(request.user))
    form = MatrixForm(request.POST or None, matrix=matrix)
    if form.performs(operations.set_up_matrix, matrix=matrix, by=request.user):
        return done(request, _("Utkastet är sparat."), matrix)
    context = {"form": form, "matrix": matrix, "draft": taken_up(request, form)}
    return render(request, "planning/risk_matrix/set_up.html", context, status=422 if form.errors else 200)


@writes
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    matrix = matrix_or_404(request, pk)
    require(rules.may_edit(request.user))
    form = PutInForceForm(request.POST or None)
    if form.performs(operations.put_matrix_in_force, matrix=matrix, by=request.user):
        return done(request, _("Versionen gäller. Nya riskanalyser använder den."), matrix)
    return form_page(
        request,
        form,
        heading=_("Sätt %(matrix)s i kraft") % {"matrix": str(matrix).lower()},
        submit=_("Sätt versionen i kraft"),
        intro=_("Analyser som redan har börjat behåller sin version. En version som gäller kan aldrig ändras."),
        cancel_url=matrix.get_absolute_url(),
        crumbs=[(_("Riskmatris"), reverse("risk_matrix:list")), (str(matrix), matrix.get_absolute_url())],
    )


def matrix_or_404(request: HttpRequest, pk: int) -> RiskMatrix:
    return one_or_404(request, queries.matrices_visible_to, pk)
