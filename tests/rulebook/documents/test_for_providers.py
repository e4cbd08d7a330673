"""A provider lies beside the nämnder: it sees the documents that name it, and no others."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hjulet.rulebook.documents import operations
from hjulet.rulebook.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.questions.operations import ask_question
from hjulet.rulebook.receipts.operations import ask_to_read, confirm_reading
from hjulet.rulebook.receipts.queries import requests_awaiting
from tests.factories import person, provider
from tests.rulebook.documents import walks

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(board):
    return walks.writer(board)


@pytest.fixture
def chief(board):
    return walks.decider(board)


@pytest.fixture
def document(board, writer, chief):
    """In force in the nämnd, and for the provider."""
    document = walks.in_force(writer, chief, board, title="Nycklar")
    operations.change_document(document, by=writer, revision=document.revision, applies_to=[provider()])
    return document


@pytest.fixture
def contact(document):
    return person("Peter Utförare", provider_contact=document.applies_to.get())


@pytest.fixture
def stranger(document):
    return person("Eva Annan", provider_contact=provider("Annan Omsorg AB"))


def seen(person):
    return [*GoverningDocument.objects.visible_to(person)], [*DocumentVersion.objects.visible_to(person)]


def test_the_one_that_is_named_sees_what_is_decided(document, writer, chief, contact, stranger):
    version = document.versions.get()
    walks.next_version(document, writer)
    walks.in_force(writer, chief, document.unit, title="Inget för utförare")

    assert (seen(contact), seen(stranger)) == (([document], [version]), ([], []))


def test_its_page_opens_for_the_one_that_is_named(client, document, contact, stranger):
    pages = [
        document.get_absolute_url(),
        document.versions.get().get_absolute_url(),
        reverse("documents:poster", args=[document.pk]),
    ]

    def answers(person):
        client.force_login(person)
        return [client.get(page).status_code for page in pages]

    assert (answers(contact), answers(stranger)) == ([200] * 3, [404] * 3)


def test_it_is_asked_to_read_and_may_ask(document, writer, contact, stranger):
    version = document.versions.get()
    [request] = ask_to_read(version, by=writer, due_date=walks.TODAY)

    assert (request.unit, [*requests_awaiting(contact)], [*requests_awaiting(stranger)]) == (
        document.applies_to.get(),
        [request],
        [],
    )
    confirm_reading(version, by=contact)
    ask_question(version, by=contact, text="Gäller det även larm?")
    assert [*requests_awaiting(contact)] == []
    with pytest.raises(PermissionDenied):
        ask_question(version, by=stranger, text="Och för oss?")


def test_a_provider_that_it_is_not_for_is_not_asked(document, writer, stranger):
    other = stranger.role_assignments.get().unit
    with pytest.raises(PermissionDenied):
        ask_to_read(document.versions.get(), by=writer, due_date=walks.TODAY, unit=other)


def test_providers_are_among_the_units_to_choose(client, document, writer):
    client.force_login(writer)
    form = client.get(reverse("documents:scope", args=[document.pk])).context["form"]

    assert [str(unit) for unit in form.fields["applies_to"].queryset] == ["Omsorg Exempel AB"]
