from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import act, acts, discloses, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.collaboration.read_log.pages import disclose_log
from hjulet.monitoring.log_review import operations, queries, rules
from hjulet.monitoring.log_review.forms import (
    JudgeForm,
    NewPlanForm,
    PlanForm,
    ReviewActionForm,
    ReviewFilters,
    SignForm,
)
from hjulet.monitoring.log_review.models import Review
from hjulet.monitoring.log_review.tables import REVIEWS
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404

TEMPLATES = "monitoring/log_review"


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.READ_LOG_REVIEW))
    filters = ReviewFilters(request.GET, queries.listed_reviews, request=request)
    context = {"plans": queries.plans_visible_to(request.user)}
    return table_page(request, REVIEWS, filters, f"{TEMPLATES}/index.html", context)


@discloses
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows readings, and is therefore itself written in the log of readings."""
    review = review_or_404(request, pk)
    disclose_log(request, [review.unit], str(review))
    return render(
        request,
        f"{TEMPLATES}/detail.html",
        {"page": queries.review_page(request.user, review), "review": review},
    )


@writes
def plan(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.READ_LOG_REVIEW))
    form = NewPlanForm(request.POST or None, person=request.user)
    if form.performs(operations.plan_review, by=request.user):
        return done(request, _("Granskningen är planerad."), "log_review:list")
    return form_page(request, form, heading=_("Planera logggranskning"), **beside_list())


@writes
def change_plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = one_or_404(request, queries.plans_visible_to, pk)
    require(rules.may_plan(request.user, found.unit))
    form = PlanForm(request.POST or None, instance=found, person=request.user)
    if form.performs(operations.change_plan, plan=found, by=request.user):
        return done(request, _("Ändringen är sparad."), "log_review:list")
    return form_page(request, form, heading=_("Ändra planen"), submit=_("Spara ändringen"), **beside_list())


@acts
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Stickprovet är draget. Bedöm varje läsning.")
    return act(request, operations.draw_sample, review_or_404(request, pk), said=said)


@writes
def judge(request: HttpRequest, pk: int, sampled: int) -> HttpResponse:
    review = review_or_404(request, pk)
    require(rules.may_review(request.user, review))
    disclose_log(request, [review.unit], str(review))
    found = get_object_or_404(review.sampled.select_related("reading", "review__plan__unit"), pk=sampled)
    form = JudgeForm(request.POST or None, instance=found)
    if form.performs(operations.judge_reading, sampled=found, by=request.user):
        return done(request, _("Bedömningen är sparad."), review)
    context = {"form": form, "review": review, "reading": found.reading, "what": queries.what_was_read(found.reading)}
    return render(request, f"{TEMPLATES}/judge.html", context, status=422 if form.errors else 200)


@writes
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    require(rules.may_review(request.user, review))
    form = SignForm(request.POST or None)
    if form.performs(operations.sign_review, review=review, by=request.user):
        return done(request, _("Granskningen är undertecknad."), review)
    return form_page(request, form, heading=_("Underteckna granskningen"), submit=_("Underteckna"), **beside(review))


@writes
def plan_action(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    require(rules.may_plan_action_from(request.user, review))
    form = ReviewActionForm(request.POST or None, person=request.user)
    if form.performs(operations.plan_action_from, review=review, by=request.user):
        return done(request, _("Åtgärden är planerad."), review)
    return form_page(request, form, heading=_("Planera en åtgärd"), submit=_("Planera åtgärden"), **beside(review))


def review_or_404(request: HttpRequest, pk: int) -> Review:
    return one_or_404(request, queries.reviews_visible_to, pk)


def beside_list() -> dict:
    here = reverse("log_review:list")
    return {"cancel_url": here, "crumbs": [(_("Logggranskning"), here)]}


def beside(review: Review) -> dict:
    here = review.get_absolute_url()
    around = beside_list()
    return around | {
        "intro": str(review),
        "cancel_url": here,
        "crumbs": [*around["crumbs"], (review.period, here)],
    }
