from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.collaboration.secrecy import operations, queries, rules
from hjulet.collaboration.secrecy.forms import MarkForm, MarkingFilters
from hjulet.collaboration.secrecy.tables import MARKINGS
from hjulet.organisation.models import Marking
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404


@reads
def index(request: HttpRequest) -> HttpResponse:
    """The register: what is marked, not what it says."""
    require(any(holds_anywhere(request.user, one) for one in (Permission.SECRETS_READ, Permission.SECRETS_OPEN)))
    filters = MarkingFilters(request.GET, queries.markings_visible_to, request=request)
    return table_page(request, MARKINGS, filters, "collaboration/secrecy/index.html")


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.marking_page(request.user, marking_or_404(request, pk))
    return render(request, "collaboration/secrecy/detail.html", {"page": page, "marking": page.marking})


@writes
def mark(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    target = queries.markable_visible_to(request.user, kind, pk)
    if target is None:
        raise Http404
    require(rules.may_mark(request.user, target.unit))
    form = MarkForm(request.POST or None)
    if form.performs(operations.mark_secret, target=target, by=request.user):
        return done(request, _("Den är sekretessmarkerad. Nu ser bara de som får läsa sekretess den."), target)
    return form_page(
        request,
        form,
        heading=_("Sekretessmarkera"),
        cancel_url=target.get_absolute_url(),
        intro=_("En markering är en påminnelse om att uppgifter kan vara hemliga, inte ett beslut. %(what)s")
        % {"what": target},
    )


@writes
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    marking = marking_or_404(request, pk)
    require(rules.may_mark(request.user, marking.unit))
    form = ReasonForm(request.POST or None, label=_("Varför hävs markeringen?"))
    if form.performs(operations.lift_marking, marking=marking, by=request.user):
        return done(request, _("Markeringen är hävd. Den finns kvar i registret."), marking)
    return form_page(
        request, form, heading=_("Häv sekretessmarkeringen"), submit=_("Häv markeringen"), **beside(marking)
    )


@writes
def open_with_reason(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked of whoever may read but does not work with it: why?"""
    marking = marking_or_404(request, pk)
    require(rules.may_open(request.user, marking))
    hint = _("Skälet sparas i läsloggen, och den som ansvarar i %(unit)s får veta att du har läst.")
    form = ReasonForm(request.POST or None, label=_("Varför behöver du läsa?"), hint=hint % {"unit": marking.unit.name})
    if form.performs(operations.open_marked, marking=marking, by=request.user):
        said = _("Du kan läsa tills du loggar ut. Varje läsning loggas.")
        return done(request, said, queries.address_of(marking))
    return form_page(request, form, heading=_("Läs det som är sekretessmarkerat"), submit=_("Läs"), **beside(marking))


def marking_or_404(request: HttpRequest, pk: int) -> Marking:
    return one_or_404(request, queries.markings_visible_to, pk)


def beside(marking: Marking) -> dict:
    what, here = queries.what_is_marked(marking), marking.get_absolute_url()
    return {
        "intro": f"{what}, {marking.unit}",
        "cancel_url": here,
        "crumbs": [(_("Sekretess"), reverse("secrecy:list")), (what, here)],
    }
