from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.planning.ideas import operations, queries, rules
from hjulet.planning.ideas.forms import AcceptForm, IdeaFilters, IdeaForm, ProposeForm
from hjulet.planning.ideas.models import Idea
from hjulet.planning.ideas.tables import IDEAS
from hjulet.planning.leads.views import action_page, risk_page


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = IdeaFilters(request.GET, queries.listed_ideas, request=request)
    context = {"may_propose": rules.may_propose_anywhere(request.user)}
    return table_page(request, IDEAS, filters, "planning/ideas/index.html", context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.idea_page(request.user, idea_or_404(request, pk))
    return render(request, "planning/ideas/detail.html", {"page": page, "idea": page.idea})


@writes
def propose(request: HttpRequest) -> HttpResponse:
    require(rules.may_propose_anywhere(request.user))
    form = ProposeForm(request.POST or None, person=request.user)
    if form.performs(operations.propose_idea, by=request.user):
        said = _("Tack! Du får ett svar senast %(day)s.") % {"day": form.result.answer_by_date}
        return done(request, said, form.result)
    cancel = reverse("ideas:list")
    return form_page(
        request,
        form,
        heading=_("Lämna en idé"),
        submit=_("Skicka idén till din chef"),
        cancel_url=cancel,
        crumbs=[(_("Idéer"), cancel)],
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    idea = idea_or_404(request, pk)
    require(rules.may_change(request.user, idea))
    form = IdeaForm(request.POST or None, instance=idea)
    if form.performs(operations.change_idea, idea=idea, by=request.user):
        return done(request, _("Ändringen är sparad."), idea)
    return form_page(request, form, heading=_("Ändra idén"), submit=_("Spara ändringen"), **beside(idea))


@acts
def consider(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Den som föreslog får veta att idén övervägs.")
    return act(request, operations.consider_idea, idea_or_404(request, pk), said=said)


@writes
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    idea = idea_to_answer(request, pk)
    form = AcceptForm(request.POST or None, person=request.user, title=idea.title, description=in_words(idea))
    if form.performs(operations.accept_idea, idea=idea, by=request.user):
        return done(request, _("Idén är antagen och har blivit en åtgärd. Den som föreslog får ditt svar."), idea)
    heading = _("Anta idén och gör en åtgärd av den")
    return form_page(request, form, heading=heading, submit=_("Anta idén"), **beside(idea))


@writes
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    idea = idea_to_answer(request, pk)
    form = ReasonForm(
        request.POST or None,
        label=_("Ditt svar till den som föreslog"),
        hint=_("Skriv varför det inte blir av, och tacka för idén."),
    )
    if form.performs(operations.decline_idea, idea=idea, by=request.user):
        return done(request, _("Idén är avböjd. Den som föreslog får ditt svar."), idea)
    return form_page(request, form, heading=_("Avböj och svara"), **beside(idea))


@writes
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    idea = idea_to_answer(request, pk)
    form = ReasonForm(request.POST or None, label=_("Vad blev det av idén?"))
    if form.performs(operations.finish_idea, idea=idea, by=request.user):
        return done(request, _("Idén är genomförd. Den som föreslog får veta det."), idea)
    return form_page(request, form, heading=_("Anmäl idén som genomförd"), **beside(idea))


@writes
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    idea = idea_to_answer(request, pk)
    form = ReasonForm(
        request.POST or None, label=_("Varför övervägs idén igen?"), hint=_("Svaret flyttas till historiken.")
    )
    if form.performs(operations.reopen_idea, idea=idea, by=request.user):
        return done(request, _("Idén övervägs igen."), idea)
    return form_page(request, form, heading=_("Överväg igen"), **beside(idea))


@writes
def plan_action(request: HttpRequest, pk: int) -> HttpResponse:
    idea = idea_to_answer(request, pk)
    return action_page(
        request, idea, operations.plan_action_from, title=idea.title, description=in_words(idea), around=beside(idea)
    )


@writes
def identify_risk(request: HttpRequest, pk: int, analysis_pk: int) -> HttpResponse:
    idea = idea_to_answer(request, pk)
    initial = {"title": idea.title, "deficiency": idea.why}
    return risk_page(request, idea, operations.identify_risk_from, analysis_pk, initial=initial, around=beside(idea))


def idea_or_404(request: HttpRequest, pk: int) -> Idea:
    return one_or_404(request, queries.ideas_visible_to, pk)


def idea_to_answer(request: HttpRequest, pk: int) -> Idea:
    idea = idea_or_404(request, pk)
    require(rules.may_answer(request.user, idea))
    return idea


def in_words(idea: Idea) -> str:
    return f"{idea.title}\n{idea.why}\n{idea.place}"


def beside(idea: Idea) -> dict:
    """Where a form about the idea stands: what it is called, the way back."""
    here = idea.get_absolute_url()
    return {
        "intro": idea.title,
        "cancel_url": here,
        "crumbs": [(_("Idéer"), reverse("ideas:list")), (idea.title, here)],
    }
