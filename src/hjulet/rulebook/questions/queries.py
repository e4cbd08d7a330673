from dataclasses import dataclass

from django.db.models import QuerySet

from hjulet.organisation.models import Person
from hjulet.rulebook.documents.models import DocumentVersion
from hjulet.rulebook.questions import rules
from hjulet.rulebook.questions.models import DocumentQuestion

MOST = 50


@dataclass(frozen=True)
class QuestionsPanel:
    """Beside a version: what has been asked about the document, as far as the reader may know."""

    questions: list[DocumentQuestion]
    may_ask: bool


@dataclass(frozen=True)
class QuestionPage:
    question: DocumentQuestion
    is_own: bool
    may_answer: bool
    may_see_who: bool


def questions_visible_to(person: Person) -> QuerySet[DocumentQuestion]:
    """Where every page about questions starts."""
    return DocumentQuestion.objects.visible_to(person).select_related(
        "document__unit", "document__owner_person", "version", "by"
    )


def questions_awaiting(person: Person) -> QuerySet[DocumentQuestion]:
    """What the person is to answer, the oldest first."""
    return DocumentQuestion.objects.owned_by(person).unanswered().order_by("due_date", "pk")


def versions_asked_about_by(person: Person) -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.visible_to(person).select_related("document__unit", "document__owner_person")


def panel_of(person: Person, version: DocumentVersion) -> QuestionsPanel:
    may_ask = rules.may_ask(person, version.document) and rules.obstacle_to_asking(version) is None
    return QuestionsPanel(list(questions_visible_to(person).filter(document=version.document)[:MOST]), may_ask)


def question_page(person: Person, question: DocumentQuestion) -> QuestionPage:
    is_own, answers = question.by_id == person.pk, rules.may_answer(person, question.document)
    return QuestionPage(question, is_own, answers and not question.is_answered, is_own or answers)
