from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import acts, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.introduction_templates import operations, queries, rules
from hjulet.rulebook.introduction_templates.forms import (
    NewPointForm,
    NewTemplateForm,
    PointForm,
    TemplateFilters,
    TemplateForm,
)
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate, TemplatePoint
from hjulet.rulebook.introduction_templates.tables import INTRODUCTION_TEMPLATES

TEMPLATES = "rulebook/introduction_templates"


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = TemplateFilters(request.GET, queries.templates_listed_for, request=request)
    context = {"may_lead": rules.may_lead_anywhere(request.user)}
    return table_page(request, INTRODUCTION_TEMPLATES, filters, f"{TEMPLATES}/index.html", context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.template_page(request.user, template_or_404(request, pk))
    return render(request, f"{TEMPLATES}/detail.html", {"page": page, "template": page.template})


@writes
def start(request: HttpRequest) -> HttpResponse:
    require(rules.may_lead_anywhere(request.user))
    form = NewTemplateForm(request.POST or None, person=request.user)
    if form.performs(operations.start_template, by=request.user):
        return done(request, _("Mallen är skapad."), form.result)
    cancel = reverse("introduction_templates:list")
    return form_page(request, form, heading=_("Ny mall"), submit=_("Skapa mallen"), cancel_url=cancel, crumbs=crumbs())


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    template = template_to_change(request, pk)
    form = TemplateForm(request.POST or None, instance=template)
    if form.performs(operations.change_template, template=template, by=request.user):
        return done(request, _("Ändringen är sparad."), template)
    return form_page(request, form, heading=_("Ändra mallen"), submit=_("Spara ändringen"), **beside(template))


@writes
def close(request: HttpRequest, pk: int) -> HttpResponse:
    template = template_to_change(request, pk)
    form = ReasonForm(
        request.POST or None,
        label=_("Varför ska mallen inte längre användas?"),
        hint=_("Introduktioner som redan är planerade påverkas inte."),
    )
    if form.performs(operations.close_template, template=template, by=request.user):
        return done(request, _("Mallen används inte längre."), template)
    return form_page(request, form, heading=_("Sluta använda mallen"), **beside(template))


@writes
def add_point(request: HttpRequest, pk: int) -> HttpResponse:
    template = template_to_change(request, pk)
    form = NewPointForm(request.POST or None, person=request.user)
    if form.performs(operations.add_point, template=template, by=request.user):
        return done(request, _("Punkten är tillagd."), template)
    return form_page(request, form, heading=_("Ny punkt"), submit=_("Lägg till punkten"), **beside(template))


@writes
def change_point(request: HttpRequest, pk: int) -> HttpResponse:
    point = point_to_change(request, pk)
    form = PointForm(request.POST or None, instance=point, person=request.user)
    if form.performs(operations.change_point, point=point, by=request.user):
        return done(request, _("Ändringen är sparad."), point.template)
    return form_page(request, form, heading=_("Ändra punkten"), submit=_("Spara ändringen"), **beside(point.template))


@acts
def remove_point(request: HttpRequest, pk: int) -> HttpResponse:
    point = point_to_change(request, pk)
    template = operations.remove_point(point, by=request.user)
    return done(request, _("Punkten är borttagen ur mallen."), template)


def template_or_404(request: HttpRequest, pk: int) -> IntroductionTemplate:
    return one_or_404(request, queries.templates_visible_to, pk)


def template_to_change(request: HttpRequest, pk: int) -> IntroductionTemplate:
    template = template_or_404(request, pk)
    require(rules.may_change(request.user, template))
    return template


def point_to_change(request: HttpRequest, pk: int) -> TemplatePoint:
    point = one_or_404(request, queries.points_visible_to, pk)
    require(rules.may_change(request.user, point.template))
    return point


def crumbs() -> list[tuple[str, str]]:
    return [
        (_("Introduktioner"), reverse("introductions:list")),
        (_("Mallar"), reverse("introduction_templates:list")),
    ]


def beside(template: IntroductionTemplate) -> dict:
    here = template.get_absolute_url()
    return {"intro": str(template), "cancel_url": here, "crumbs": [*crumbs(), (template.name, here)]}
