from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.questions import operations, queries, rules
from hjulet.rulebook.questions.filters import QuestionFilters
from hjulet.rulebook.questions.forms import AnswerForm, QuestionForm
from hjulet.rulebook.questions.models import DocumentQuestion
from hjulet.rulebook.questions.tables import QUESTIONS

TEMPLATES = "rulebook/questions"


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = QuestionFilters(request.GET, queries.questions_visible_to, request=request)
    return table_page(request, QUESTIONS, filters, f"{TEMPLATES}/index.html")


@reads
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What has been asked about a document, on its own page or beside a version of it."""
    version = one_or_404(request, queries.versions_asked_about_by, pk)
    context = {"page": queries.panel_of(request.user, version), "version": version}
    template = f"{TEMPLATES}/panel.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.question_page(request.user, question_or_404(request, pk))
    return render(request, f"{TEMPLATES}/detail.html", {"page": page, "question": page.question})


@writes
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    version = one_or_404(request, queries.versions_asked_about_by, pk)
    require(rules.may_ask(request.user, version.document))
    form = QuestionForm(request.POST or None)
    if form.performs(operations.ask_question, version=version, by=request.user):
        return done(request, _("Frågan är skickad till den som ansvarar för dokumentet."), form.result)
    return form_page(
        request,
        form,
        heading=_("Fråga om dokumentet"),
        submit=_("Skicka frågan"),
        cancel_url=version.get_absolute_url(),
        intro=_("Skriv inget om enskilda personer."),
        crumbs=[*crumbs(), (version.title, version.get_absolute_url())],
    )


@writes
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_or_404(request, pk)
    require(rules.may_answer(request.user, question.document))
    form = AnswerForm(request.POST or None)
    if form.performs(operations.answer_question, question=question, by=request.user):
        return done(request, _("Svaret är skickat."), form.result)
    here = question.get_absolute_url()
    return form_page(
        request,
        form,
        heading=_("Svara på frågan"),
        submit=_("Skicka svaret"),
        cancel_url=here,
        intro=question.text,
        crumbs=[*crumbs(), (question.document.title, here)],
    )


def question_or_404(request: HttpRequest, pk: int) -> DocumentQuestion:
    return one_or_404(request, queries.questions_visible_to, pk)


def crumbs() -> list[tuple[str, str]]:
    return [(_("Frågor om dokument"), reverse("questions:list"))]
