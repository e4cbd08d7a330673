from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import as_download, table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.agreements import operations, queries, rules
from hjulet.rulebook.agreements.documents import agreement_file
from hjulet.rulebook.agreements.forms import (
    AgreementFilters,
    AgreementForm,
    ManyAgreementsForm,
    NewAgreementForm,
    NewPartyForm,
    NewRequirementForm,
    PartyForm,
    ReplaceForm,
    RequirementForm,
    TerminateForm,
)
from hjulet.rulebook.agreements.models import Agreement, Party, Requirement
from hjulet.rulebook.agreements.tables import AGREEMENTS

TEMPLATES = "rulebook/agreements"
FILES = {"pdf": gettext_lazy("Hämta som PDF"), "docx": gettext_lazy("Hämta som Word")}


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = AgreementFilters(request.GET, queries.agreements_listed_for, request=request)
    may_draft = rules.may_draft_anywhere(request.user)
    context = {"may_draft": may_draft, "committees": queries.committees_to_keep_agreements_in(request.user)}
    return table_page(request, AGREEMENTS, filters, f"{TEMPLATES}/index.html", context, may_change=may_draft)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.agreement_page(request.user, agreement_or_404(request, pk))
    return render(
        request, f"{TEMPLATES}/detail.html", {"page": page, "agreement": page.agreement, "files": FILES.items()}
    )


@reads
def file(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """The agreement with its parties and requirements."""
    page = queries.agreement_page(request.user, agreement_or_404(request, pk))
    if format not in FILES:
        raise Http404
    content = agreement_file(page, format, timezone.localdate())
    return as_download(content, f"avtal-{page.agreement.pk}.{format}", MEDIA_TYPES[format])


@reads
def mandatory(request: HttpRequest, pk: int) -> HttpResponse:
    """What the law demands of a nämnd's agreements with the region, and which there are."""
    committee = one_or_404(request, queries.committees_to_keep_agreements_in, pk)
    page = queries.mandatory_page(request.user, committee, timezone.localdate())
    return render(request, f"{TEMPLATES}/mandatory.html", {"page": page, "committee": committee})


@writes
def draft(request: HttpRequest) -> HttpResponse:
    require(rules.may_draft_anywhere(request.user))
    form = NewAgreementForm(request.POST or None, person=request.user)
    if form.performs(operations.draft_agreement, by=request.user):
        return done(request, _("Utkastet är sparat. Lägg nu till parter och krav."), form.result)
    return form_page(
        request, form, heading=_("Nytt avtal"), submit=_("Spara utkastet"), cancel_url=crumbs()[0][1], crumbs=crumbs()
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = agreement_to_change(request, pk)
    form = AgreementForm(request.POST or None, instance=agreement, person=request.user)
    if form.performs(operations.change_agreement, agreement=agreement, by=request.user):
        return done(request, _("Ändringen är sparad."), agreement)
    return form_page(request, form, heading=_("Ändra avtalet"), submit=_("Spara ändringen"), **beside(agreement))


@writes
def change_many(request: HttpRequest) -> HttpResponse:
    require(rules.may_draft_anywhere(request.user))
    return many_page(
        request,
        AGREEMENTS,
        queries.agreements_listed_for(request.user),
        ManyAgreementsForm(request.POST or None, person=request.user),
        operations.change_agreements,
        may=rules.may_change,
        obstacle=rules.obstacle_to_changing,
        heading=_("Ändra flera avtal"),
        said=lambda n: ngettext("%(n)s avtal är ändrat.", "%(n)s avtal är ändrade.", n) % {"n": n},
        back="agreements:list",
    )


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(rules.may_draft_anywhere(request.user))
    return read_in_page(
        request,
        AGREEMENTS,
        queries.agreements_listed_for(request.user),
        form=lambda agreement: AgreementForm(instance=agreement, person=request.user),
        change=operations.change_agreement,
        back="agreements:list",
    )


@acts
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, operations.put_in_force, agreement_or_404(request, pk), said=_("Avtalet gäller."))


@acts
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Ett nytt avtal är påbörjat med samma parter och krav. Det tar över när det sätts i kraft.")
    agreement = agreement_or_404(request, pk)
    return act(request, operations.renew_agreement, agreement, said=said, leads_to=lambda successor: successor)


@writes
def terminate(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = agreement_to_decide(request, pk)
    form = TerminateForm(request.POST or None, instance=agreement)
    if form.performs(operations.terminate_agreement, agreement=agreement, by=request.user):
        return done(request, _("Avtalet är uppsagt."), agreement)
    return form_page(request, form, heading=_("Säg upp avtalet"), **beside(agreement))


@writes
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = agreement_to_decide(request, pk)
    form = ReplaceForm(request.POST or None, person=request.user, agreement=agreement)
    if form.performs(operations.replace_agreement, agreement=agreement, by=request.user):
        return done(request, _("Avtalet är ersatt."), agreement)
    return form_page(request, form, heading=_("Ersätt avtalet"), **beside(agreement))


@writes
def end(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = agreement_to_decide(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför avslutas avtalet?"))
    if form.performs(operations.end_agreement, agreement=agreement, by=request.user):
        return done(request, _("Avtalet är avslutat."), agreement)
    return form_page(request, form, heading=_("Avsluta avtalet"), **beside(agreement))


@writes
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = agreement_to_decide(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför gäller avtalet igen?"))
    if form.performs(operations.reinstate_agreement, agreement=agreement, by=request.user):
        return done(request, _("Avtalet gäller igen."), agreement)
    return form_page(request, form, heading=_("Låt avtalet gälla igen"), **beside(agreement))


@writes
def add_party(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = agreement_to_change(request, pk)
    form = NewPartyForm(request.POST or None, person=request.user)
    if form.performs(operations.add_party, agreement=agreement, by=request.user):
        return done(request, _("Parten är tillagd."), agreement)
    return form_page(request, form, heading=_("Lägg till en part"), submit=_("Lägg till parten"), **beside(agreement))


@writes
def change_party(request: HttpRequest, pk: int) -> HttpResponse:
    party = party_to_change(request, pk)
    form = PartyForm(request.POST or None, instance=party, person=request.user)
    if form.performs(operations.change_party, party=party, by=request.user):
        return done(request, _("Ändringen är sparad."), party.agreement)
    return form_page(request, form, heading=_("Ändra parten"), submit=_("Spara ändringen"), **beside(party.agreement))


@writes
def take_out_party(request: HttpRequest, pk: int) -> HttpResponse:
    party = party_to_change(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför är %(name)s inte längre part?") % {"name": party.name})
    if form.performs(operations.take_out_party, party=party, by=request.user):
        return done(request, _("Parten är borttagen."), party.agreement)
    return form_page(request, form, heading=_("Ta bort parten"), **beside(party.agreement))


@writes
def add_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = agreement_to_change(request, pk)
    form = NewRequirementForm(request.POST or None, agreement=agreement)
    if form.performs(operations.add_requirement, agreement=agreement, by=request.user):
        return done(request, _("Kravet är tillagt."), agreement)
    return form_page(request, form, heading=_("Lägg till ett krav"), submit=_("Lägg till kravet"), **beside(agreement))


@writes
def change_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    requirement = requirement_to_change(request, pk)
    form = RequirementForm(request.POST or None, instance=requirement)
    if form.performs(operations.change_requirement, requirement=requirement, by=request.user):
        return done(request, _("Ändringen är sparad."), requirement.agreement)
    around = beside(requirement.agreement)
    return form_page(request, form, heading=_("Ändra kravet"), submit=_("Spara ändringen"), **around)


@writes
def take_out_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    requirement = requirement_to_change(request, pk)
    hint = _("Kravet visas inte längre. Det som uppföljningar har sagt om det ligger kvar.")
    form = ReasonForm(request.POST or None, label=_("Varför gäller kravet inte längre?"), hint=hint)
    if form.performs(operations.take_out_requirement, requirement=requirement, by=request.user):
        return done(request, _("Kravet är borttaget."), requirement.agreement)
    return form_page(request, form, heading=_("Ta bort kravet"), **beside(requirement.agreement))


def agreement_or_404(request: HttpRequest, pk: int) -> Agreement:
    return one_or_404(request, queries.agreements_visible_to, pk)


def agreement_to_change(request: HttpRequest, pk: int) -> Agreement:
    agreement = agreement_or_404(request, pk)
    require(rules.may_change(request.user, agreement))
    return agreement


def agreement_to_decide(request: HttpRequest, pk: int) -> Agreement:
    agreement = agreement_or_404(request, pk)
    require(rules.may_decide(request.user, agreement))
    return agreement


def party_to_change(request: HttpRequest, pk: int) -> Party:
    party = one_or_404(request, queries.parties_visible_to, pk)
    require(rules.may_change(request.user, party.agreement))
    return party


def requirement_to_change(request: HttpRequest, pk: int) -> Requirement:
    requirement = one_or_404(request, queries.requirements_visible_to, pk)
    require(rules.may_change(request.user, requirement.agreement))
    return requirement


def crumbs() -> list[tuple[str, str]]:
    return [(_("Avtal"), reverse("agreements:list"))]


def beside(agreement: Agreement) -> dict:
    """Where a form about the agreement stands: what it is called, the way back."""
    here = agreement.get_absolute_url()
    return {"intro": agreement.title, "cancel_url": here, "crumbs": [*crumbs(), (agreement.title, here)]}
