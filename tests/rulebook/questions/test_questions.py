from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hjulet.base.operations import Refused
from hjulet.collaboration.models import Notice
from hjulet.reporting.gaps.queries import gaps_page
from hjulet.reporting.my_work.queries import tasks_of
from hjulet.rulebook.models import DocumentQuestion
from hjulet.rulebook.questions import operations
from hjulet.rulebook.questions.queries import questions_visible_to
from tests.factories import committee, person, unit
from tests.rulebook.receipts.walks import TODAY, version_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(home_care):
    return person("Olle Ek", staff_strategist=home_care)


@pytest.fixture
def anna(home_care):
    return person("Anna Berg", employee=home_care)


@pytest.fixture
def version(home_care, owner):
    return version_in_force(home_care.parent, owner=owner)


def ask(version, by, text="Gäller det också på natten?"):
    return operations.ask_question(version, by=by, text=text)


def told():
    rows = Notice.objects.filter(kind__startswith="question").order_by("pk")
    return [(notice.kind, notice.person.name) for notice in rows]


def test_owner_is_told_and_answers_within_a_fortnight(version, owner, anna):
    question = ask(version, anna)

    assert [(task.kind, task.title, task.day, task.url) for task in tasks_of(owner)] == [
        ("Svara på frågan om dokumentet", "Rutin för basal hygien", date(2026, 3, 30), question.get_absolute_url())
    ]
    operations.answer_question(question, by=owner, answer="Ja.")
    assert told() == [("question_asked", "Olle Ek"), ("question_answered", "Anna Berg")]
    assert tasks_of(owner) == []
    assert (question.answered_by, question.answered_date) == (owner, TODAY)


@pytest.mark.parametrize("shown_to_all", [True, False])
def test_answer_is_for_all_or_for_whoever_asked(home_care, version, owner, anna, shown_to_all):
    question = ask(version, anna)
    colleague = person("Bo Ny", employee=home_care)
    stranger = person("Finn Annan", employee=unit(committee("Äldrenämnden"), "Syd"))
    assert list(questions_visible_to(colleague)) == []

    operations.answer_question(question, by=owner, answer="Ja.", shown_to_all=shown_to_all)

    seen = {who.name for who in (anna, owner, colleague, stranger) if questions_visible_to(who).exists()}
    assert seen == {"Anna Berg", "Olle Ek"} | ({"Bo Ny"} if shown_to_all else set())


def test_only_whoever_answers_for_the_document_answers_and_once(home_care, version, owner, anna):
    question = ask(version, anna)

    for who in (anna, person("Bo Ny", unit_manager=home_care)):
        with pytest.raises(PermissionDenied):
            operations.answer_question(question, by=who, answer="Ja.")
    with pytest.raises(ValidationError):
        operations.answer_question(question, by=owner, answer=" ")
    question.refresh_from_db()
    operations.answer_question(question, by=person("Kim Ek", quality_developer=home_care.parent), answer="Ja.")
    with pytest.raises(Refused) as refused:
        operations.answer_question(question, by=owner, answer="Nej.")
    assert str(refused.value.sentence) == "Frågan är redan besvarad."


def test_text_that_is_to_change_makes_the_document_due_for_review(version, owner, anna):
    document = version.document
    document.refresh_from_db()
    assert document.next_review_date > TODAY

    operations.answer_question(ask(version, anna), by=owner, answer="Nej, det är fel.", changes_text=True)

    document.refresh_from_db()
    assert document.next_review_date == TODAY


def test_nobody_asks_about_a_document_that_does_not_bind(version):
    stranger = person("Finn Annan", employee=unit(committee("Äldrenämnden"), "Syd"))

    with pytest.raises(PermissionDenied):
        ask(version, stranger)


def test_unanswered_past_the_day_is_a_gap(version, owner, anna, clock):
    question = ask(version, anna)
    assert list(gaps_page(owner, "question-late", None).rows) == []
    clock.move_to("2026-03-31 12:00Z")

    assert list(gaps_page(owner, "question-late", None).rows) == [question]


def test_asked_and_answered_on_pages(client, home_care, version, owner, anna):
    client.force_login(anna)
    client.post(reverse("questions:ask", args=[version.pk]), {"text": "Gäller det på natten?"})
    question = DocumentQuestion.objects.get()
    answer = reverse("questions:answer", args=[question.pk])
    assert client.get(answer).status_code == 403

    client.force_login(owner)
    assert client.post(answer, {"answer": ""}).status_code == 422
    client.post(answer, {"answer": "Ja, dygnet runt.", "shown_to_all": "on"})

    client.force_login(person("Bo Ny", employee=home_care))
    part = client.get(reverse("questions:panel", args=[version.pk]), headers={"HX-Request": "true"}).content.decode()
    whole = client.get(question.get_absolute_url()).content.decode()
    assert ("Ja, dygnet runt." in part, "Ja, dygnet runt." in whole, "Anna Berg" in part + whole) == (True, True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, version, anna, rows, django_assert_num_queries):
    for number in range(rows):
        owner = version.document.owner_person
        operations.answer_question(ask(version, anna, f"Fråga {number}?"), by=owner, answer="Ja.")
    question = ask(version, anna)
    client.force_login(anna)

    with django_assert_num_queries(6):
        client.get(reverse("questions:list"))
    with django_assert_num_queries(6):
        client.get(reverse("questions:panel", args=[version.pk]))
    with django_assert_num_queries(5):
        client.get(question.get_absolute_url())


def test_another_committee_sees_nothing(client, version, anna):
    question = ask(version, anna)
    client.force_login(person("Annan Ek", unit_manager=unit(committee("Äldrenämnden"), "Syd")))

    assert client.get(reverse("questions:list")).context["shown"].rows == []
    for address in (
        question.get_absolute_url(),
        reverse("questions:answer", args=[question.pk]),
        reverse("questions:panel", args=[version.pk]),
        reverse("questions:ask", args=[version.pk]),
    ):
        assert client.get(address).status_code == 404
