"""That somebody has asked, to whoever is to answer; and that there is an answer, to whoever asked."""

from django.utils import timezone

from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import Telling, in_parts, to_owners
from hjulet.organisation.models import Person
from hjulet.rulebook.questions.models import DocumentQuestion


def tell_owner(question: DocumentQuestion, *, by: Person) -> None:
    today = timezone.localdate()
    for part in in_parts(to_owners([question], day=today, about=lambda _: today)):
        tell("question_asked", part, by=by)


def tell_asker(question: DocumentQuestion, *, by: Person) -> None:
    tell("question_answered", [Telling(question.by, question, timezone.localdate())], by=by)
