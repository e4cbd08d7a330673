from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hjulet.base.disclosing import disclose_marked
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import discloses, done, form_page, reads, writes
from hjulet.collaboration.targets import may_contribute, may_withdraw, target_visible_to, type_of_kind
from hjulet.rulebook.links import operations, queries
from hjulet.rulebook.links.forms import LinkForm


@discloses
def governing(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What governs a row: a part of its page, or a page of its own without script."""
    target = target_or_404(request, kind, pk)
    disclose_marked(request, [target], "page")
    template = "rulebook/links/governing.html#panel" if request.htmx else "rulebook/links/governing.html"
    return render(request, template, {"page": queries.governing_of(target, request.user)})


@reads
def governed(request: HttpRequest, rule: str, pk: int) -> HttpResponse:
    """What something in the rulebook governs, of that which the person may see."""
    row = queries.rule_visible_to(request.user, rule, pk)
    if row is None:
        raise Http404
    template = "rulebook/links/governed.html#panel" if request.htmx else "rulebook/links/governed.html"
    return render(request, template, {"rule": row, "kinds": queries.governed_by(row, request.user)})


@writes
def add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    target = target_or_404(request, kind, pk)
    require(may_contribute(request.user, target))
    form = LinkForm(request.POST or None, person=request.user)
    if form.performs(operations.link_to_rule, target=target, by=request.user):
        return done(request, _("Kopplingen är sparad."), target)
    return form_page(
        request, form, heading=_("Koppla till regelverket"), submit=_("Spara kopplingen"), **beside(target)
    )


@writes
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    link = queries.link_visible_to(request.user, pk)
    if link is None:
        raise Http404
    require(may_withdraw(request.user, link, link.target))
    form = ReasonForm(request.POST or None, label=_("Varför tas kopplingen bort?"))
    if form.performs(operations.withdraw_link, link=link, by=request.user):
        return done(request, _("Kopplingen är borttagen."), link.target)
    return form_page(request, form, heading=_("Ta bort kopplingen"), submit=_("Ta bort"), **beside(link.target))


def target_or_404(request: HttpRequest, kind: str, pk: int) -> Model:
    target = target_visible_to(request.user, type_of_kind(kind), pk)
    if target is None:
        raise Http404
    return target


def beside(target) -> dict:
    here = target.get_absolute_url()
    return {"intro": str(target), "cancel_url": here, "crumbs": [(str(target), here)]}
