from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.delegations import operations, queries, rules
from hjulet.organisation.delegations.forms import (
    DecideForm,
    DelegatedDecisionFilters,
    DelegationFilters,
    DelegationForm,
    EndForm,
    MeetingForm,
    NewDelegationForm,
    ReplacingForm,
)
from hjulet.organisation.delegations.models import Delegation
from hjulet.organisation.delegations.tables import DELEGATED_DECISIONS, DELEGATIONS
from hjulet.organisation.models import Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404

TEMPLATES = "organisation/delegations"


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.ORGANISATION_READ))
    filters = DelegationFilters(request.GET, queries.delegations_visible_to, request=request)
    context = {"orders": queries.orders_kept_by(request.user)}
    return table_page(request, DELEGATIONS, filters, f"{TEMPLATES}/index.html", context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.delegation_page(request.user, delegation_or_404(request, pk))
    return render(request, f"{TEMPLATES}/detail.html", {"page": page, "delegation": page.delegation})


@writes
def propose(request: HttpRequest) -> HttpResponse:
    require(rules.may_edit_anywhere(request.user))
    form = NewDelegationForm(request.POST or None, person=request.user, initial=request.GET.dict())
    if form.performs(operations.propose_delegation, by=request.user):
        return done(request, _("Raden är tillagd."), form.result)
    return form_page(
        request, form, heading=_("Ny rad i delegationsordningen"), submit=_("Lägg till raden"), **beside_order()
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    delegation = delegation_to_edit(request, pk)
    form = DelegationForm(request.POST or None, instance=delegation)
    if form.performs(operations.change_proposal, delegation=delegation, by=request.user):
        return done(request, _("Ändringen är sparad."), delegation)
    return form_page(request, form, heading=_("Ändra raden"), submit=_("Spara ändringen"), **beside(delegation))


@writes
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    delegation = delegation_to_edit(request, pk)
    form = ReplacingForm(request.POST or None, initial=queries.values_of(delegation))
    given = {"committee": delegation.committee, "replaces": delegation}
    if form.performs(operations.propose_delegation, by=request.user, **given):
        return done(request, _("Förslaget är sparat. Det gäller när nämnden har beslutat."), form.result)
    return form_page(request, form, heading=_("Föreslå en ändring"), submit=_("Spara förslaget"), **beside(delegation))


@acts
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    delegation = delegation_to_edit(request, pk)
    return act(request, operations.withdraw_proposal, delegation, said=_("Förslaget är tillbakadraget."))


@writes
def end(request: HttpRequest, pk: int) -> HttpResponse:
    delegation = delegation_or_404(request, pk)
    require(rules.may_adopt(request.user, delegation.committee))
    form = EndForm(request.POST or None)
    if form.performs(operations.end_delegation, delegation=delegation, by=request.user):
        return done(request, _("Raden avslutas."), delegation)
    return form_page(request, form, heading=_("Avsluta raden"), **beside(delegation))


@writes
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_or_404(request, pk)
    require(rules.may_adopt(request.user, committee))
    form = MeetingForm(request.POST or None)
    if form.performs(operations.adopt_delegations, committee=committee, by=request.user):
        return done(request, _("Nämndens beslut är infört."), "delegations:list")
    return form_page(
        request,
        form,
        heading=_("För in nämndens beslut om delegationsordningen"),
        submit=_("För in beslutet"),
        intro=committee.name,
        **beside_order(),
    )


@acts
def add_not_delegable(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_or_404(request, pk)
    added = operations.add_what_is_not_delegable(committee, by=request.user)
    said = ngettext("%(n)s rad är tillagd.", "%(n)s rader är tillagda.", added) % {"n": added}
    messages.success(request, said)
    return redirect("delegations:list")


@reads
def decisions(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.ORGANISATION_READ))
    filters = DelegatedDecisionFilters(request.GET, queries.delegated_decisions_visible_to, request=request)
    may_report = holds_anywhere(request.user, Permission.DECISIONS_RECORD)
    context = {"may_decide": queries.delegations_held_by(request.user).exists(), "may_report": may_report}
    template = f"{TEMPLATES}/decisions.html"
    return table_page(request, DELEGATED_DECISIONS, filters, template, context, may_change=may_report)


@reads
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    delegated = one_or_404(request, queries.delegated_decisions_visible_to, pk)
    page = queries.delegated_decision_page(request.user, delegated)
    return render(request, f"{TEMPLATES}/decision.html", {"page": page, "delegated": delegated})


@writes
def decide(request: HttpRequest) -> HttpResponse:
    require(queries.delegations_held_by(request.user).exists())
    form = DecideForm(request.POST or None, person=request.user, initial=request.GET.dict())
    if form.performs(operations.record_delegated_decision, by=request.user):
        return done(request, _("Beslutet är infört."), form.result)
    return form_page(
        request,
        form,
        heading=_("För in ett delegationsbeslut"),
        submit=_("För in beslutet"),
        intro=_("För beslut som du själv har fattat. Det som förs in kan inte ändras efteråt."),
        cancel_url=reverse("delegations:decisions"),
        crumbs=[(_("Delegationsbeslut"), reverse("delegations:decisions"))],
    )


@writes
def report_many(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.DECISIONS_RECORD))
    return many_page(
        request,
        DELEGATED_DECISIONS,
        queries.delegated_decisions_visible_to(request.user),
        MeetingForm(request.POST or None),
        operations.report_to_committee,
        may=rules.may_report,
        obstacle=rules.obstacle_to_reporting,
        heading=_("Anmäl till nämnden"),
        said=lambda n: ngettext("%(n)s beslut är anmält.", "%(n)s beslut är anmälda.", n) % {"n": n},
        back="delegations:decisions",
    )


def delegation_or_404(request: HttpRequest, pk: int) -> Delegation:
    return one_or_404(request, queries.delegations_visible_to, pk)


def delegation_to_edit(request: HttpRequest, pk: int) -> Delegation:
    delegation = delegation_or_404(request, pk)
    require(rules.may_edit(request.user, delegation.committee))
    return delegation


def committee_or_404(request: HttpRequest, pk: int) -> Unit:
    return one_or_404(request, queries.committees_visible_to, pk)


def beside_order() -> dict[str, Any]:
    """The way back from a form about the whole order."""
    here = reverse("delegations:list")
    return {"cancel_url": here, "crumbs": [(_("Delegationsordning"), here)]}


def beside(delegation: Delegation) -> dict[str, Any]:
    """The same from a form about one row."""
    here = delegation.get_absolute_url()
    crumbs = [*beside_order()["crumbs"], (str(delegation), here)]
    return {"intro": str(delegation), "cancel_url": here, "crumbs": crumbs}
