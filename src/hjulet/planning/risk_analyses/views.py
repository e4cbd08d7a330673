from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import Form, ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.planning.risk_analyses import operations, queries, rules
from hjulet.planning.risk_analyses.forms import AnalysisFilters, PictureChoice, StartForm
from hjulet.planning.risk_analyses.tables import ANALYSES
from hjulet.planning.risks.models import RiskAnalysis


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = AnalysisFilters(request.GET, queries.listed_analyses, request=request)
    may_start = holds_anywhere(request.user, Permission.RISKS_EDIT)
    return table_page(request, ANALYSES, filters, "planning/risk_analyses/index.html", {"may_start": may_start})


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    analysis = one_or_404(request, queries.analyses_in_full, pk)
    page = queries.analysis_page(request.user, analysis)
    return render(request, "planning/risk_analyses/detail.html", {"page": page, "analysis": page.analysis})


@reads
def matrix(request: HttpRequest) -> HttpResponse:
    choice = PictureChoice(request.GET, person=request.user)
    page = choice.chosen and queries.picture_page(request.user, choice.chosen)
    return render(request, "planning/risk_analyses/matrix.html", {"page": page, "choice": choice})


@writes
def start(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.RISKS_EDIT))
    form = StartForm(request.POST or None, person=request.user)
    if form.performs(operations.start_analysis, by=request.user):
        return done(request, _("Riskanalysen är påbörjad. Lägg till den första risken."), form.result)
    return form_page(
        request,
        form,
        heading=_("Börja en riskanalys"),
        submit=_("Börja tom"),
        intro=_("Finns förra årets riskanalys? Öppna den och börja nästa år från den i stället."),
        cancel_url=reverse("risk_analyses:list"),
    )


@writes
def start_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: a year's risks are copied, and that is not undone."""
    previous = analysis_or_404(request, pk)
    require(rules.may_edit(request.user, previous))
    form = Form(request.POST if request.method == "POST" else None)
    if form.performs(operations.start_analysis_from, previous=previous, by=request.user):
        return done(
            request,
            _("Riskanalysen är påbörjad. Gå igenom varje risk: är den ändrad, oförändrad eller borta?"),
            form.result,
        )
    return form_page(
        request,
        form,
        heading=_("Börja riskanalysen för %(year)s") % {"year": previous.year + 1},
        submit=_("Börja från %(year)s") % {"year": previous.year},
        **beside(previous)
        | {
            "intro": _(
                "Alla risker som finns kvar förs över med sin senaste bedömning, sina pågående åtgärder och kontroller."
            )
        },
    )


@acts
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.conclude_analysis, analysis_or_404(request, pk), said=_("Riskanalysen är klar."))


@writes
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    analysis = analysis_or_404(request, pk)
    require(rules.may_edit(request.user, analysis))
    form = ReasonForm(request.POST or None, label=_("Varför öppnas riskanalysen igen?"))
    if form.performs(operations.reopen_analysis, analysis=analysis, by=request.user):
        return done(request, _("Riskanalysen är öppen igen."), analysis)
    return form_page(request, form, heading=_("Öppna riskanalysen igen"), submit=_("Öppna igen"), **beside(analysis))


def analysis_or_404(request: HttpRequest, pk: int) -> RiskAnalysis:
    return one_or_404(request, queries.analyses_visible_to, pk)


def beside(analysis: RiskAnalysis) -> dict:
    """Where a form about the analysis stands."""
    here = analysis.get_absolute_url()
    return {
        "intro": str(analysis),
        "cancel_url": here,
        "crumbs": [(_("Riskanalyser"), reverse("risk_analyses:list")), (str(analysis), here)],
    }
