from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.laws import operations, queries, rules
from hjulet.rulebook.laws.forms import (
    CheckForm,
    FinishReviewForm,
    LawFilters,
    LawForm,
    LawReviewFilters,
    ProvisionForm,
    SupersedeForm,
)
from hjulet.rulebook.laws.models import Law, LawReview, Provision
from hjulet.rulebook.laws.tables import LAW_REVIEWS, LAWS

TEMPLATES = "rulebook/laws"


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    filters = LawFilters(request.GET, queries.laws_listed_for, request=request)
    may_edit = rules.may_edit(request.user)
    return table_page(request, LAWS, filters, f"{TEMPLATES}/index.html", {"may_edit": may_edit}, may_change=may_edit)


@reads
def unverified(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    return render(request, f"{TEMPLATES}/unverified.html", {"page": queries.unverified_page(request.user)})


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.law_page(request.user, law_or_404(request, pk))
    return render(request, f"{TEMPLATES}/detail.html", {"page": page, "law": page.law})


@reads
def for_law(request: HttpRequest, pk: int) -> HttpResponse:
    return governed(request, law_or_404(request, pk))


@writes
def add(request: HttpRequest) -> HttpResponse:
    require(rules.may_edit(request.user))
    form = LawForm(request.POST or None, person=request.user)
    if form.performs(operations.add_law, by=request.user):
        return done(request, _("Författningen är tillagd."), form.result)
    cancel = reverse("laws:list")
    return form_page(
        request, form, heading=_("Ny författning"), submit=_("Lägg till"), cancel_url=cancel, crumbs=crumbs()
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    law = law_or_404(request, pk)
    require(rules.may_edit(request.user))
    form = LawForm(request.POST or None, instance=law, person=request.user)
    if form.performs(operations.change_law, law=law, by=request.user):
        return done(request, _("Ändringen är sparad som en ny version."), law)
    return form_page(request, form, heading=_("Ändra uppgifterna"), submit=_("Spara ändringen"), **beside(law))


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(rules.may_edit(request.user))
    return read_in_page(
        request,
        LAWS,
        queries.laws_listed_for(request.user),
        form=lambda law: LawForm(instance=law, person=request.user),
        change=operations.change_law,
        back="laws:list",
    )


@writes
def check(request: HttpRequest, pk: int) -> HttpResponse:
    law = law_or_404(request, pk)
    require(rules.may_edit(request.user))
    form = CheckForm(request.POST or None, law=law)
    if form.performs(operations.check_law, law=law, by=request.user):
        return done(request, _("Genomgången är sparad."), law)
    return form_page(request, form, heading=_("Gå igenom"), submit=_("Spara genomgången"), **beside(law))


@writes
def supersede(request: HttpRequest, pk: int) -> HttpResponse:
    law = law_or_404(request, pk)
    require(rules.may_edit(request.user))
    form = SupersedeForm(request.POST or None, row=law)
    if form.performs(operations.supersede_law, law=law, by=request.user):
        return done(request, asked(form.result), law)
    return form_page(request, form, heading=_("Gäller inte längre"), submit=_("Spara"), **beside(law))


@reads
def provision(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.provision_page(request.user, provision_or_404(request, pk))
    return render(request, f"{TEMPLATES}/provision.html", {"page": page, "provision": page.provision})


@reads
def for_provision(request: HttpRequest, pk: int) -> HttpResponse:
    return governed(request, provision_or_404(request, pk))


@writes
def add_provision(request: HttpRequest, pk: int) -> HttpResponse:
    law = law_or_404(request, pk)
    require(rules.may_edit(request.user))
    form = ProvisionForm(request.POST or None)
    if form.performs(operations.add_provision, law=law, by=request.user):
        return done(request, _("Bestämmelsen är tillagd."), form.result)
    return form_page(request, form, heading=_("Ny bestämmelse"), submit=_("Lägg till"), **beside(law))


@writes
def change_provision(request: HttpRequest, pk: int) -> HttpResponse:
    provision = provision_or_404(request, pk)
    require(rules.may_edit(request.user))
    form = ProvisionForm(request.POST or None, instance=provision)
    if form.performs(operations.change_provision, provision=provision, by=request.user):
        return done(request, _("Ändringen är sparad som en ny version."), provision)
    return form_page(request, form, heading=_("Ändra bestämmelsen"), submit=_("Spara ändringen"), **beside(provision))


@writes
def supersede_provision(request: HttpRequest, pk: int) -> HttpResponse:
    provision = provision_or_404(request, pk)
    require(rules.may_edit(request.user))
    form = SupersedeForm(request.POST or None, row=provision)
    if form.performs(operations.supersede_provision, provision=provision, by=request.user):
        return done(request, asked(form.result), provision)
    return form_page(request, form, heading=_("Gäller inte längre"), submit=_("Spara"), **beside(provision))


@reads
def reviews(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    filters = LawReviewFilters(request.GET, queries.law_reviews_visible_to, request=request)
    return table_page(request, LAW_REVIEWS, filters, f"{TEMPLATES}/reviews.html")


@reads
def review(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.review_page(request.user, review_or_404(request, pk))
    return render(request, f"{TEMPLATES}/review.html", {"page": page, "review": page.review})


@writes
def finish_review(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    require(rules.may_work_on(request.user, review))
    form = FinishReviewForm(request.POST or None, instance=review)
    if form.performs(operations.finish_review, review=review, by=request.user):
        return done(request, _("Genomgången är sparad."), review)
    return form_page(request, form, heading=_("Markera som genomgången"), **beside_review(review))


@writes
def reopen_review(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    require(rules.may_work_on(request.user, review))
    form = ReasonForm(request.POST or None, label=_("Varför öppnas genomgången igen?"))
    if form.performs(operations.reopen_review, review=review, by=request.user):
        return done(request, _("Genomgången är öppen igen."), review)
    return form_page(request, form, heading=_("Öppna igen"), **beside_review(review))


def governed(request: HttpRequest, row: Law | Provision) -> HttpResponse:
    context = {"kinds": queries.governed_by(request.user, row), "row": row}
    return render(request, f"{TEMPLATES}/governed.html", context)


def asked(reviews: list[LawReview]) -> str:
    if not reviews:
        return _("Det är sparat. Inget pekar hit, så inget behöver gås igenom.")
    sentence = ngettext(
        "Det är sparat. %(n)s uppgift är utlagd.", "Det är sparat. %(n)s uppgifter är utlagda.", len(reviews)
    )
    return sentence % {"n": len(reviews)}


def law_or_404(request: HttpRequest, pk: int) -> Law:
    return one_or_404(request, queries.laws_visible_to, pk)


def provision_or_404(request: HttpRequest, pk: int) -> Provision:
    return one_or_404(request, queries.provisions_visible_to, pk)


def review_or_404(request: HttpRequest, pk: int) -> LawReview:
    return one_or_404(request, queries.law_reviews_visible_to, pk)


def crumbs() -> list[tuple[str, str]]:
    return [(_("Lagar och föreskrifter"), reverse("laws:list"))]


def beside(row: Law | Provision) -> dict:
    """Where a form about a law or a provision stands: what it is called, the way back."""
    here = row.get_absolute_url()
    above = [(str(row.law), row.law.get_absolute_url())] if isinstance(row, Provision) else []
    return {"intro": str(row), "cancel_url": here, "crumbs": [*crumbs(), *above, (str(row), here)]}


def beside_review(review: LawReview) -> dict:
    here = review.get_absolute_url()
    crumb = (_("Att gå igenom"), reverse("laws:reviews"))
    return {"intro": review.title, "cancel_url": here, "crumbs": [*crumbs(), crumb, (review.title, here)]}
