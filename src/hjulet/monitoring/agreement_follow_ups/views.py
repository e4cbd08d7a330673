from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import discloses, done, form_page, reads, writes
from hjulet.monitoring.agreement_follow_ups import operations, queries, rules
from hjulet.monitoring.agreement_follow_ups.forms import FollowUpForm, RequirementActionForm
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.agreements.rules import may_follow_up
from hjulet.rulebook.models import Agreement

TEMPLATES = "monitoring/agreement_follow_ups"


@discloses
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    follow_up = one_or_404(request, queries.follow_ups_visible_to, pk)
    page = queries.follow_up_page(request.user, follow_up)
    return render(request, f"{TEMPLATES}/detail.html", {"page": page, "follow_up": follow_up})


@reads
def for_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the agreement's page, or a page of its own without script."""
    panel = queries.follow_ups_panel(agreement_or_404(request, pk))
    template = f"{TEMPLATES}/beside.html#panel" if request.htmx else f"{TEMPLATES}/beside.html"
    return render(request, template, {"panel": panel, "agreement": panel.agreement})


@writes
def record(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = agreement_or_404(request, pk)
    require(may_follow_up(request.user, agreement))
    form = FollowUpForm(request.POST or None, agreement=agreement)
    if form.performs(operations.record_follow_up, agreement=agreement, by=request.user):
        return done(request, _("Uppföljningen är registrerad."), form.result)
    submit = _("Spara uppföljningen")
    return form_page(request, form, heading=_("Registrera en uppföljning"), submit=submit, **beside(agreement))


@writes
def plan_action(request: HttpRequest, pk: int) -> HttpResponse:
    verdict = one_or_404(request, queries.verdicts_visible_to, pk)
    follow_up = verdict.follow_up
    require(rules.may_plan_action_from(request.user, follow_up))
    form = RequirementActionForm(request.POST or None, person=request.user, verdict=verdict)
    if form.performs(operations.plan_action_from, verdict=verdict, by=request.user):
        return done(request, _("Åtgärden är planerad."), follow_up)
    around = beside(follow_up.agreement)
    here = follow_up.get_absolute_url()
    around |= {"cancel_url": here, "crumbs": [*around["crumbs"], (str(follow_up.done_date), here)]}
    return form_page(request, form, heading=_("Gör en åtgärd av kravet"), submit=_("Planera åtgärden"), **around)


def agreement_or_404(request: HttpRequest, pk: int) -> Agreement:
    return one_or_404(request, queries.agreements_visible_to, pk)


def beside(agreement: Agreement) -> dict:
    here = agreement.get_absolute_url()
    crumbs = [(_("Avtal"), reverse("agreements:list")), (agreement.title, here)]
    return {"intro": agreement.title, "cancel_url": here, "crumbs": crumbs}
