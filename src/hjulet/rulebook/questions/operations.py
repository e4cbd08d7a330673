from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.organisation.models import Person
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.questions import rules
from hjulet.rulebook.questions.models import ANSWERED_WITHIN, DocumentQuestion
from hjulet.rulebook.questions.notices import tell_asker, tell_owner


@operation
def ask_question(version: DocumentVersion, *, by: Person, text: str) -> DocumentQuestion:
    require(rules.may_ask(by, version.document))
    require_no(rules.obstacle_to_asking(version))
    today = timezone.localdate()
    question = DocumentQuestion(
        document=version.document,
        version=version,
        text=text.strip(),
        by=by,
        asked_date=today,
        due_date=today + ANSWERED_WITHIN,
    )
    question.full_clean()
    question.save()
    audit.record("documentquestion.asked", by=by, target=question, after={"text": question.text})
    tell_owner(question, by=by)
    return question


@operation
def answer_question(
    question: DocumentQuestion, *, by: Person, answer: str, shown_to_all: bool = False, changes_text: bool = False
) -> DocumentQuestion:
    """For all or for whoever asked, as the answerer chooses. When the text is to change the document is to be reviewed."""
    require(rules.may_answer(by, question.document))
    require_no(rules.obstacle_to_answering(locked(question)))
    question.answer = answer.strip()
    question.answered_by, question.answered_by_name = by, by.signature
    question.answered_date = timezone.localdate()
    question.shown_to_all, question.changes_text = shown_to_all, changes_text
    question.full_clean()
    question.save()
    after = {"answer": question.answer, "shown_to_all": shown_to_all, "changes_text": changes_text}
    audit.record("documentquestion.answered", by=by, target=question, after=after)
    if changes_text:
        bring_review_forward(question.document, by=by)
    tell_asker(question, by=by)
    return question


def bring_review_forward(document: GoverningDocument, *, by: Person) -> None:
    today, standing = timezone.localdate(), locked(document)
    if standing.next_review_date is not None and standing.next_review_date <= today:
        return
    changes = {"next_review_date": today}
    before, after = save_changes(document, revision=standing.revision, changes=changes)
    audit.record("document.changed", by=by, target=document, before=before, after=after)
