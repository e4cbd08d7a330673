from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.copies import operations, queries, rules
from hjulet.rulebook.copies.forms import CopyFilters
from hjulet.rulebook.copies.tables import COPIES


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = CopyFilters(request.GET or {"kept": ""}, queries.copies_visible_to, request=request)
    return table_page(request, COPIES, filters, "rulebook/copies/index.html")


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    copy = one_or_404(request, queries.copies_visible_to, pk)
    return render(request, "rulebook/copies/detail.html", {"page": queries.copy_page(copy, request.user)})


@writes
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    copy = one_or_404(request, queries.copies_visible_to, pk)
    require(rules.may_keep(request.user, copy))
    form = ReasonForm(request.POST or None, label=_("Varför behövs båda?"))
    if form.performs(operations.keep_both, copy=copy, by=request.user):
        return done(request, _("Orsaken är sparad."), copy)
    return form_page(
        request,
        form,
        heading=_("Båda texterna behövs"),
        submit=_("Spara orsaken"),
        intro=str(copy),
        cancel_url=copy.get_absolute_url(),
        crumbs=[(_("Texter som liknar varandra"), reverse("copies:list"))],
    )
