from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
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
from hjulet.planning.quality_plan import operations, queries, rules, workbook
from hjulet.planning.quality_plan.forms import AdoptForm, ImportForm, NewPlanForm, PlanFilters, TextForm
from hjulet.planning.quality_plan.importing import import_plan
from hjulet.planning.quality_plan.models import QualityPlan
from hjulet.planning.quality_plan.tables import PLANS


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = PlanFilters(request.GET, queries.listed_plans, request=request)
    may_start = holds_anywhere(request.user, Permission.PLANS_EDIT)
    return table_page(request, PLANS, filters, "planning/quality_plan/index.html", {"may_start": may_start})


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.plan_page(request.user, plan_or_404(request, pk))
    return render(request, "planning/quality_plan/detail.html", {"page": page, "plan": page.plan})


@reads
def history(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.history_page(request.user, plan_or_404(request, pk))
    return render(request, "planning/quality_plan/history.html", {"page": page, "plan": page.plan})


@reads
def file(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    plan = plan_or_404(request, pk)
    if format not in MEDIA_TYPES:
        raise Http404
    found = queries.plan_file(plan, format)
    return as_download(found.content, found.name, MEDIA_TYPES[format])


@reads
def template(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.PLANS_EDIT))
    return as_download(workbook.write(workbook.PlanRows()), "kvalitetsplan-mall.xlsx", MEDIA_TYPES["xlsx"])


@writes
def start(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.PLANS_EDIT))
    form = NewPlanForm(request.POST or None, person=request.user)
    if form.performs(operations.start_plan, by=request.user):
        return done(request, _("Utkastet är påbörjat. Riskerna hämtas från årets riskanalyser."), form.result)
    intro = _("Texterna hämtas från förra årets plan, eller från planmallen om det inte finns någon.")
    heading, submit = _("Börja en kvalitetsplan"), _("Börja utkastet")
    return form_page(
        request, form, heading=heading, submit=submit, intro=intro, cancel_url=reverse("quality_plan:list")
    )


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.PLANS_EDIT))
    form = ImportForm(request.POST or None, request.FILES or None, person=request.user)
    if not form.performs(import_plan, by=request.user):
        return render(request, "planning/quality_plan/import.html", {"form": form}, status=422 if form.errors else 200)
    if form.result.is_check:
        context = {"form": form, "result": form.result, "tried": form.packed}
        return render(request, "planning/quality_plan/preview.html", context)
    return done(request, _("Filen är inläst."), form.result.plan)


@writes
def write_text(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    plan = plan_or_404(request, pk)
    require(rules.may_edit(request.user, plan))
    text = queries.text_of(plan, key)
    if text is None:
        raise Http404
    form = TextForm(request.POST or None, instance=text)
    if form.performs(operations.write_text, text=text, by=request.user):
        return done(request, _("Texten är sparad."), plan)
    return form_page(request, form, heading=text.title, submit=_("Spara texten"), **beside(plan))


@acts
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.refer_plan, plan_or_404(request, pk), said=_("Planen är skickad på remiss."))


@acts
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.propose_plan, plan_or_404(request, pk), said=_("Planen är föreslagen för nämnden."))


@writes
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    require(rules.may_move(request.user, plan, "send_back"))
    form = ReasonForm(request.POST or None, label=_("Varför tas planen tillbaka?"))
    if form.performs(operations.send_back_plan, plan=plan, by=request.user):
        return done(request, _("Planen är ett utkast igen."), plan)
    heading = _("Ta tillbaka till utkast")
    return form_page(request, form, heading=heading, **beside(plan))


@writes
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    require(rules.may_move(request.user, plan, "adopt"))
    form = AdoptForm(request.POST or None)
    if form.performs(operations.adopt_plan, plan=plan, by=request.user):
        return done(request, _("Beslutet är infört. Planen ändras inte mer."), plan)
    return form_page(
        request, form, heading=_("Registrera nämndens beslut"), submit=_("Registrera beslutet"), **beside(plan)
    )


@acts
def start_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.start_follow_up, plan_or_404(request, pk), said=_("Planen följs nu upp."))


@acts
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.close_plan, plan_or_404(request, pk), said=_("Planen är avslutad."))


@writes
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    require(rules.may_edit(request.user, plan))
    form = ReasonForm(
        request.POST or None,
        label=_("Varför behövs en ny version?"),
        hint=_("Den här versionen gäller tills nämnden har antagit den nya."),
    )
    if form.performs(operations.revise_plan, plan=plan, by=request.user):
        return done(request, _("Ett utkast till ny version är påbörjat."), form.result)
    return form_page(request, form, heading=_("Gör en ny version"), submit=_("Börja utkastet"), **beside(plan))


def plan_or_404(request: HttpRequest, pk: int) -> QualityPlan:
    return one_or_404(request, queries.plans_visible_to, pk)


def beside(plan: QualityPlan) -> dict:
    """Where a form about the plan stands: what it is called, the way back."""
    here = plan.get_absolute_url()
    return {
        "intro": str(plan),
        "cancel_url": here,
        "crumbs": [(_("Kvalitetsplaner"), reverse("quality_plan:list")), (str(plan), here)],
    }
