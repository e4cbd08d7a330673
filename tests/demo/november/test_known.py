import pytest

from hjulet.reporting.my_work.queries import tasks_of
from hjulet.rulebook.introductions.queries import introduction_page, introductions_visible_to
from hjulet.rulebook.questions.queries import questions_visible_to
from hjulet.rulebook.receipts.queries import requests_awaiting, requests_listed_for, share_for
from tests.demo.people import someone

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_some_have_read_what_they_were_asked_to(in_november):
    sofia = someone("sofia")

    shares = {row.version.title: str(share_for(sofia, row)) for row in requests_listed_for(sofia)}

    assert shares == {
        "Lex Sarah": "5 av 10",
        "Synpunkter och klagomål": "3 av 10",
        "Nycklar och larm i hemtjänsten": "2 av 3",
        "Rättssäker handläggning": "Visas inte, gruppen är för liten",
    }


def test_somebody_new_is_in_the_first_week(in_november):
    liv = someone("liv")
    (introduction,) = introductions_visible_to(liv)
    page = introduction_page(liv, introduction)

    assert (introduction.state, page.done, len(page.rows)) == ("ongoing", 3, 16)
    assert [row.version.title for row in requests_awaiting(liv)] == ["Lex Sarah", "Synpunkter och klagomål"]
    assert [task.kind for task in tasks_of(liv)] == ["Läs dokumentet", "Gå igenom introduktionen", "Läs dokumentet"]


def test_one_question_is_answered_for_all_and_one_waits(in_november):
    answered = [question.is_answered for question in questions_visible_to(someone("maria"))]

    assert sorted(answered) == [False, True]
