from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import Refused, require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import as_download, table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.introduction_templates.rules import may_lead_anywhere
from hjulet.rulebook.introduction_templates.states import SignedBy
from hjulet.rulebook.introductions import operations, queries, rules
from hjulet.rulebook.introductions.documents import introduction_file
from hjulet.rulebook.introductions.forms import IntroductionFilters, PlanForm, SupervisorForm
from hjulet.rulebook.introductions.models import Introduction, Point
from hjulet.rulebook.introductions.tables import INTRODUCTIONS

TEMPLATES = "rulebook/introductions"
FILES = {"pdf": gettext_lazy("Hämta som PDF"), "docx": gettext_lazy("Hämta som Word")}


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = IntroductionFilters(request.GET, queries.introductions_listed_for, request=request)
    context = {"may_lead": may_lead_anywhere(request.user)}
    return table_page(request, INTRODUCTIONS, filters, f"{TEMPLATES}/index.html", context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.introduction_page(request.user, introduction_or_404(request, pk))
    context = {"page": page, "introduction": page.introduction, "files": FILES.items()}
    return render(request, f"{TEMPLATES}/detail.html", context)


@reads
def file(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    if format not in FILES:
        raise Http404
    page = queries.introduction_page(request.user, introduction_or_404(request, pk))
    return as_download(introduction_file(page, format), f"introduktion-{pk}.{format}", MEDIA_TYPES[format])


@writes
def plan(request: HttpRequest) -> HttpResponse:
    require(may_lead_anywhere(request.user))
    form = PlanForm(request.POST or None, person=request.user)
    if form.performs(operations.plan_introduction, by=request.user):
        return done(request, _("Introduktionen är planerad."), form.result)
    return form_page(
        request,
        form,
        heading=_("Ny introduktion"),
        submit=_("Planera introduktionen"),
        cancel_url=reverse("introductions:list"),
        crumbs=crumbs(),
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    introduction = introduction_or_404(request, pk)
    require(rules.leads(request.user, introduction))
    form = SupervisorForm(request.POST or None, instance=introduction, person=request.user)
    if form.performs(operations.change_introduction, introduction=introduction, by=request.user):
        return done(request, _("Ändringen är sparad."), introduction)
    return form_page(request, form, heading=_("Byt handledare"), **beside(introduction))


@acts
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    introduction = introduction_or_404(request, pk)
    return act(request, operations.begin_introduction, introduction, said=_("Introduktionen har börjat."))


@acts
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    introduction = introduction_or_404(request, pk)
    return act(request, operations.finish_introduction, introduction, said=_("Introduktionen är klar."))


@writes
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    introduction = introduction_to_lead(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför öppnas introduktionen igen?"))
    if form.performs(operations.reopen_introduction, introduction=introduction, by=request.user):
        return done(request, _("Introduktionen är öppen igen."), introduction)
    return form_page(request, form, heading=_("Öppna igen"), **beside(introduction))


@writes
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    introduction = introduction_to_lead(request, pk)
    form = ReasonForm(
        request.POST or None,
        label=_("Varför avbryts introduktionen?"),
        hint=_("Det som är signerat ligger kvar. Skriv inget om personens hälsa eller privata förhållanden."),
    )
    if form.performs(operations.cancel_introduction, introduction=introduction, by=request.user):
        return done(request, _("Introduktionen är avbruten."), introduction)
    return form_page(request, form, heading=_("Avbryt introduktionen"), **beside(introduction))


@acts
def sign(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    point = point_or_404(request, pk, part)
    try:
        operations.sign_point(point, by=request.user, part=part)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Punkten är signerad."))
    return redirect(point.introduction)


@writes
def undo(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    point = point_or_404(request, pk, part)
    require(rules.may_sign(request.user, point.introduction, part))
    form = ReasonForm(request.POST or None, label=_("Varför tas signeringen tillbaka?"))
    if form.performs(operations.undo_sign_off, point=point, part=part, by=request.user):
        return done(request, _("Signeringen är tagen tillbaka."), point.introduction)
    return form_page(
        request, form, heading=_("Ta tillbaka signeringen"), **beside(point.introduction) | {"intro": point.text}
    )


def introduction_or_404(request: HttpRequest, pk: int) -> Introduction:
    return one_or_404(request, queries.introductions_visible_to, pk)


def introduction_to_lead(request: HttpRequest, pk: int) -> Introduction:
    introduction = introduction_or_404(request, pk)
    require(rules.leads(request.user, introduction))
    return introduction


def point_or_404(request: HttpRequest, pk: int, part: str) -> Point:
    if part not in {SignedBy.EMPLOYEE, SignedBy.SUPERVISOR}:
        raise Http404
    return one_or_404(request, queries.points_of, pk)


def crumbs() -> list[tuple[str, str]]:
    return [(_("Introduktioner"), reverse("introductions:list"))]


def beside(introduction: Introduction) -> dict:
    """Where a form about one introduction stands."""
    here = introduction.get_absolute_url()
    return {"intro": str(introduction), "cancel_url": here, "crumbs": [*crumbs(), (introduction.name, here)]}
