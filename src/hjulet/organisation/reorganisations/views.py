from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.reorganisations import operations, queries, rules
from hjulet.organisation.reorganisations.following import following_of
from hjulet.organisation.reorganisations.forms import FORMS, ReorganisationFilters, SortForm
from hjulet.organisation.reorganisations.models import Kind, Reorganisation
from hjulet.organisation.reorganisations.planning import plan_of
from hjulet.organisation.reorganisations.tables import REORGANISATIONS
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.ORGANISATION_READ))
    filters = ReorganisationFilters(request.GET, queries.reorganisations_visible_to, request=request)
    context = {"may_begin": rules.may_begin(request.user)}
    return table_page(request, REORGANISATIONS, filters, "organisation/reorganisations/index.html", context)


@reads
def choose(request: HttpRequest) -> HttpResponse:
    """The first step: what is to happen."""
    require(rules.may_begin(request.user))
    context = {"kinds": queries.KINDS_IN_WORDS, "unit": request.GET.get("unit", "")}
    return render(request, "organisation/reorganisations/choose.html", context)


@writes
def draft(request: HttpRequest, kind: str) -> HttpResponse:
    """The second step: which units, and when. The third is the page of the draft, with what would follow."""
    require(rules.may_begin(request.user))
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, person=request.user, initial={"unit": request.GET.get("unit")})
    if form.performs(operations.draft_reorganisation, by=request.user, kind=kind):
        return done(request, _("Utkastet är sparat. Se vad som följer med innan du planerar."), form.result)
    return form_page(
        request,
        form,
        heading=Kind(kind).label,
        submit=_("Visa vad som följer med"),
        cancel_url=reverse("reorganisations:list"),
        crumbs=[(_("Omorganisationer"), reverse("reorganisations:list"))],
    )


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.reorganisation_page(request.user, reorganisation_or_404(request, pk))
    context = {"page": page, "reorganisation": page.reorganisation}
    return render(request, "organisation/reorganisations/detail.html", context)


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = reorganisation_or_404(request, pk)
    before = plan_of(row)
    require(rules.may_plan(request.user, before))
    form = FORMS[row.kind](request.POST or None, person=request.user, plan=before)
    if form.performs(operations.change_draft, reorganisation=row, by=request.user):
        return done(request, _("Utkastet är ändrat."), row)
    return form_page(request, form, heading=_("Ändra utkastet"), submit=_("Visa vad som följer med"), **beside(row))


@writes
def sort(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Which way each open row of one kind goes when a unit is divided."""
    row, following = reorganisation_or_404(request, pk), following_of(key)
    if following is None:
        raise Http404
    before = plan_of(row, request.user)
    require(rules.may_sort(request.user, before, following) and not rules.obstacle_to_sorting(before))
    form = SortForm(request.POST or None, plan=before, rows=queries.rows_to_sort(before, following))
    place = partial(operations.place_rows, row, following=following)
    if form.performs(place, by=request.user):
        return done(request, _("Fördelningen är sparad."), row)
    return form_page(request, form, heading=following.name, submit=_("Spara fördelningen"), **beside(row))


@acts
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    row = reorganisation_or_404(request, pk)
    is_today = row.effective_date <= timezone.localdate()
    said = _("Omorganisationen är genomförd.") if is_today else _("Omorganisationen är planerad.")
    return act(request, partial(operations.plan_reorganisation, day=timezone.localdate()), row, said=said)


@acts
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.take_back, reorganisation_or_404(request, pk), said=_("Nu är det ett utkast igen."))


@acts
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    row = reorganisation_or_404(request, pk)
    return act(request, operations.carry_out, row, said=_("Omorganisationen är genomförd."))


@writes
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    row = reorganisation_or_404(request, pk)
    require(rules.may_plan(request.user, plan_of(row)))
    form = ReasonForm(request.POST or None, label=_("Varför återkallas omorganisationen?"))
    if form.performs(operations.cancel_reorganisation, reorganisation=row, by=request.user):
        return done(request, _("Omorganisationen är återkallad. Inget har ändrats."), row)
    return form_page(request, form, heading=_("Återkalla omorganisationen"), **beside(row))


def reorganisation_or_404(request: HttpRequest, pk: int) -> Reorganisation:
    return one_or_404(request, queries.reorganisations_visible_to, pk)


def beside(reorganisation: Reorganisation) -> dict:
    here = reorganisation.get_absolute_url()
    return {
        "intro": str(reorganisation),
        "cancel_url": here,
        "crumbs": [(_("Omorganisationer"), reverse("reorganisations:list")), (str(reorganisation), here)],
    }
