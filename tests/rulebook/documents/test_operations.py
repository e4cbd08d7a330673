from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.attachments.operations import withdraw_attachment
from hjulet.collaboration.models import Notice
from hjulet.organisation.models import DelegatedDecision, Person
from hjulet.rulebook.documents import deciding, duties, operations
from hjulet.rulebook.documents.queries import documents_awaiting_review, documents_to_decide, version_on
from hjulet.rulebook.documents.states import VersionState as S
from hjulet.rulebook.models import DocumentVersion, GoverningDocument, QualityArea
from tests.collaboration.files import upload
from tests.factories import committee, group, person, unit
from tests.organisation.delegations import walks as delegations
from tests.rulebook.documents import walks

pytestmark = pytest.mark.django_db

TODAY = walks.TODAY


@pytest.fixture
def writer(home_care):
    return walks.writer(home_care)


@pytest.fixture
def chief(home_care):
    return walks.decider(home_care)


def numbers(document, *days):
    return [found and found.number for found in (version_on(document, day) for day in days)]


def test_what_is_decided_today_applies_today(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)
    version = walks.first(document)

    assert (version.state, version.valid_from, version.valid_to) == (S.IN_FORCE, TODAY, None)
    assert (version.decided_by, version.decided_by_name, version.decided_on) == (chief, "Eva Chef", TODAY)
    assert document.next_review_date == date(2027, 3, 16)
    assert [(file.format, file.name) for file in version.files.order_by("pk")] == [
        (ending, f"rutin-for-synpunkter-version-1.{ending}") for ending in ("html", "docx", "pdf")
    ]
    assert "Ta emot synpunkten" in bytes(version.files.get(format="html").content).decode()


def test_a_coming_version_is_published_by_date_and_the_dates_say_so_alone(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2026, 3, 1))
    coming = walks.decide(
        walks.send(walks.next_version(document, writer, title="Rutin om klagomål"), writer), chief, date(2026, 6, 1)
    )

    assert numbers(document, date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1)) == [
        None,
        1,
        1,
        2,
    ]
    assert (coming.state, coming.standing) == (S.DECIDED, S.DECIDED)
    with time_machine.travel(date(2026, 7, 1), tick=False):
        assert (version_on(document, date(2026, 7, 1)), coming.standing, coming.state) == (
            coming,
            S.IN_FORCE,
            S.DECIDED,
        )
        assert duties.publish(Person.objects.machine(), date(2026, 7, 1)) == 1
        assert duties.publish(Person.objects.machine(), date(2026, 7, 1)) == 0

    states = dict(document.versions.values_list("number", "state"))
    document.refresh_from_db()
    assert (states, document.title) == ({1: S.SUPERSEDED, 2: S.IN_FORCE}, "Rutin om klagomål")


def test_a_clock_that_stood_still_takes_all_in_order(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2026, 3, 1))
    for day in (date(2026, 5, 1), date(2026, 6, 1)):
        walks.decide(walks.send(walks.next_version(document, writer), writer), chief, day)

    assert numbers(document, date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 1)) == [1, 2, 3]
    assert duties.publish(Person.objects.machine(), date(2026, 12, 1)) == 2
    assert dict(document.versions.values_list("number", "state")) == {1: S.SUPERSEDED, 2: S.SUPERSEDED, 3: S.IN_FORCE}
    assert numbers(document, date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 1)) == [1, 2, 3]


def test_periods_never_meet(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)
    version = walks.send(walks.next_version(document, writer), writer)

    for day in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(ValidationError) as error:
            walks.decide(version, chief, day)
        assert list(error.value.message_dict) == ["valid_from"]
    with pytest.raises(DatabaseError, match="overlapping"), transaction.atomic():
        DocumentVersion.objects.filter(pk=version.pk).update(
            state=S.DECIDED, valid_from=TODAY, decided_before="Nämnden", decided_before_date=TODAY
        )


def test_a_draft_begun_by_mistake_is_discarded_and_the_next_begins_from_what_applies(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)
    mistaken = walks.discard(walks.next_version(document, writer, body="Något helt annat."), writer)

    again = operations.revise_document(document, by=writer)

    document.refresh_from_db()
    step = mistaken.steps.get()
    assert (mistaken.state, step.move, step.reason) == (S.DISCARDED, "discard", "Börjades av misstag.")
    assert (again.number, again.body, document.withdrawn_date) == (3, walks.BODY, None)
    assert version_on(document, TODAY) == walks.first(document)
    for change in (lambda: walks.write(mistaken, writer, body="Nytt."), lambda: walks.send(mistaken, writer)):
        with pytest.raises(Refused):
            change()
    assert Event.objects.filter(verb="document.discarded").count() == 0


def test_what_was_discarded_stays_as_it_was(home_care, writer):
    version = walks.discard(walks.first(walks.start(writer, home_care)), writer)
    row = DocumentVersion.objects.filter(pk=version.pk)

    for change in ({"body": "Annat."}, {"state": S.DRAFT}, {"valid_from": TODAY}):
        with pytest.raises(DatabaseError, match="settled"), transaction.atomic():
            row.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_a_document_of_which_nothing_was_decided_goes_with_its_draft_and_may_come_back(home_care, writer, chief):
    document = walks.start(writer, home_care)
    walks.discard(walks.first(document), writer)
    document.refresh_from_db()
    gone = (document.withdrawn_date, document.withdrawn_reason)

    version = operations.revise_document(document, by=writer)
    document.refresh_from_db()
    back = (document.withdrawn_date, document.withdrawn_reason, version.number, version.body)
    walks.decide(walks.send(version, writer), chief)

    assert gone == (TODAY, "Börjades av misstag.")
    assert back == (None, "", 2, walks.BODY)
    assert numbers(document, TODAY) == [2]
    told = Event.objects.filter(target_type="rulebook.governingdocument", target_id=str(document.pk))
    assert list(told.order_by("number").values_list("verb", flat=True)) == [
        "document.started",
        "document.discarded",
        "document.taken_up_again",
    ]


def test_to_withdraw_what_is_coming_lets_what_applies_go_on(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2026, 3, 1))
    coming = walks.decide(walks.send(walks.next_version(document, writer), writer), chief, date(2026, 6, 1))

    deciding.withdraw_version(coming, by=chief, reason="Nya föreskrifter väntas.")

    assert numbers(document, date(2026, 5, 31), date(2026, 6, 1), date(2027, 1, 1)) == [1, 1, 1]
    again = walks.decide(walks.send(walks.next_version(document, writer), writer), chief, date(2026, 6, 1))
    assert numbers(document, date(2026, 5, 31), date(2026, 6, 1)) == [1, again.number] == [1, 3]


def test_what_is_withdrawn_applied_until_yesterday(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2026, 3, 1))

    deciding.withdraw_version(walks.first(document), by=chief, reason="Enheten har en annan rutin.")

    document.refresh_from_db()
    assert numbers(document, date(2026, 3, 15), TODAY) == [1, None]
    assert (document.withdrawn_date, document.withdrawn_reason) == (TODAY, "Enheten har en annan rutin.")
    walks.decide(walks.send(walks.next_version(document, writer), writer), chief)
    document.refresh_from_db()
    assert (numbers(document, TODAY), document.withdrawn_date) == ([2], None)


def test_the_earlier_of_two_decided_is_withdrawn_last(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2026, 3, 1))
    walks.decide(walks.send(walks.next_version(document, writer), writer), chief, date(2026, 6, 1))

    with pytest.raises(Refused) as refusal:
        deciding.withdraw_version(walks.first(document), by=chief, reason="Bort.")

    assert refusal.value.sentence == "En senare version är beslutad. Upphäv den först."


def test_what_has_changed_is_said_from_the_second_version_on_in_three_lines(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2026, 3, 1))
    version = operations.revise_document(document, by=writer)

    with pytest.raises(Refused, match="vad som har ändrats"):
        walks.send(version, writer)
    with pytest.raises(ValidationError) as error:
        walks.write(version, writer, changes="Ett\nTvå\nTre\nFyra")
    assert list(error.value.message_dict) == ["changes"]
    assert walks.send(walks.write(version, writer, changes="Ett\nTvå\nTre"), writer).state == S.IN_REVIEW


def test_a_document_has_one_undecided_version(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)
    walks.next_version(document, writer)

    with pytest.raises(Refused, match="redan ett utkast"):
        operations.revise_document(document, by=writer)


def test_what_is_under_review_or_decided_is_not_written(home_care, writer, chief):
    version = walks.send(walks.first(walks.start(writer, home_care)), writer)
    sentences = []
    for step in (lambda: None, lambda: walks.decide(version, chief)):
        step()
        with pytest.raises(Refused) as refusal:
            walks.write(version, writer, body="Nytt.")
        sentences.append(refusal.value.sentence)

    assert sentences == [
        "Versionen är på granskning. Skicka tillbaka den för att ändra den.",
        "Versionen är beslutad och ändras inte. Börja en ny version.",
    ]


def test_a_word_file_in_the_place_of_a_text(home_care, writer, chief):
    document = walks.start(writer, home_care, body="")
    version = walks.first(document)
    content = walks.word_file("Nycklar och larm", "Nyckeln kvitteras alltid.")

    operations.keep_file(version, by=writer, upload=upload("nycklar.docx", content))
    walks.decide(walks.send(version, writer), chief)

    version.refresh_from_db()
    assert (version.plain, version.upload.name) == ("Nycklar och larm\nNyckeln kvitteras alltid.", "nycklar.docx")
    with version.upload.file.open() as kept:
        assert (kept.read(), version.files.count()) == (content, 0)
    with pytest.raises(Refused, match="beslutad version"):
        withdraw_attachment(version.upload, by=writer, reason="Fel fil.")


def test_a_file_may_be_changed_while_it_is_a_draft(home_care, writer):
    version = walks.first(walks.start(writer, home_care, body=""))
    for word in ("ett", "två"):
        operations.keep_file(version, by=writer, upload=upload("a.docx", walks.word_file(word)))
    assert version.upload_text == "två"

    operations.remove_file(version, by=writer)

    version.refresh_from_db()
    assert (version.upload, version.plain) == (None, "")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", walks.pdf_file("Nyckeln kvitteras."), None),
        ("a.txt", b"Bara text.", "Dokumentet ska vara en Word-fil (.docx) eller en PDF."),
        ("a.exe", b"MZ\x90\x00\x03", "Det här slaget av fil tas inte emot."),
        ("a.docx", b"", "Filen är tom."),
        ("a.pdf", b"%PDF-1.7\nskadad", "Filen är skadad och går inte att läsa. Spara den på nytt och försök igen."),
    ],
)
def test_only_readable_word_and_pdf_files_are_kept(home_care, writer, name, content, sentence):
    version = walks.first(walks.start(writer, home_care, body=""))

    if sentence is None:
        operations.keep_file(version, by=writer, upload=upload(name, content))
    else:
        with pytest.raises(ValidationError) as error:
            operations.keep_file(version, by=writer, upload=upload(name, content))
        assert error.value.message_dict["upload"][0].startswith(sentence)
    assert (version.upload is None) == (sentence is not None)


def test_still_right(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2025, 3, 1), owner_person=writer)
    assert list(documents_awaiting_review(writer)) == [document]

    review = operations.confirm_document(document, by=writer, comment="Läst med gruppen.")

    document.refresh_from_db()
    assert (review.version.number, review.next_review_date) == (1, date(2027, 3, 16))
    assert (document.next_review_date, list(documents_awaiting_review(writer))) == (date(2027, 3, 16), [])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(review).objects.update(comment="Annat.")


def test_a_review_never_waits_longer_than_to_the_end_of_next_year(home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, kind=walks.kind("policy", "Policy", review_months=48))

    assert document.next_review_date == date(2027, 12, 31)


def test_a_new_plan_is_a_new_look_at_what_nobody_has_seen_for_a_year(home_care, writer, chief):
    slow = walks.kind("policy", "Policy", review_months=48)
    secretary = person("Siv Ek", committee_secretary=home_care.committee)
    old, seen, new = (
        walks.in_force(writer, chief, home_care, day=day, kind=slow, title=title)
        for title, day in (("Gammal", date(2025, 1, 10)), ("Sedd", date(2025, 1, 10)), ("Ny", date(2026, 1, 10)))
    )
    operations.confirm_document(seen, by=writer)

    assert operations.let_reviews_fall_due(home_care.committee, by=secretary, day=TODAY) == 1

    days = dict(GoverningDocument.objects.values_list("title", "next_review_date"))
    assert days == {"Gammal": TODAY, "Sedd": date(2027, 12, 31), "Ny": date(2027, 12, 31)}
    assert (old.title, new.title) == ("Gammal", "Ny")


def test_nothing_in_force_is_nothing_to_review(home_care, writer):
    document = walks.start(writer, home_care)

    with pytest.raises(Refused, match="Ingen version gäller"):
        operations.confirm_document(document, by=writer)


def test_whoever_waits_is_told(home_care, writer, chief):
    reviewer, leader = person("Rita Läsare", lawyer=home_care), person("Lisa Ledare", unit_manager=group(home_care))
    document = walks.start(writer, home_care, reviewer=reviewer, owner_person=reviewer)
    version = walks.send(walks.first(document), writer)
    walks.decide(version, chief)

    told = sorted(Notice.objects.values_list("kind", "person__name"))
    assert told == [
        ("document_applies", "Eva Chef"),
        ("document_applies", "Lisa Ledare"),
        ("document_decided", "Rita Läsare"),
        ("document_given", "Rita Läsare"),
        ("document_sent", "Eva Chef"),
        ("document_sent", "Rita Läsare"),
    ]
    assert leader.name == "Lisa Ledare"


def test_a_review_that_is_due_is_reminded_of_each_week(home_care, writer, chief):
    walks.in_force(writer, chief, home_care, day=date(2025, 3, 16), owner_person=writer)
    machine = Person.objects.machine()
    by_kind = {duty.key: duty.run for duty in duties.DUTIES}

    told = [by_kind["documents.review"](machine, TODAY + timedelta(days=days)) for days in (0, 1, 6, 7)]

    assert told == [1, 0, 0, 1]


def test_to_decide_is_the_task_of_those_who_may(home_care, writer, chief):
    version = walks.send(walks.first(walks.start(writer, home_care)), writer)

    assert (list(documents_to_decide(chief)), list(documents_to_decide(writer))) == ([version.document], [])


def test_a_decision_under_delegation_is_reported_to_the_committee(home_care, writer, chief):
    delegation = delegations.in_force(home_care.committee, delegations.secretary_of(home_care.committee))
    version = walks.send(walks.first(walks.start(writer, home_care)), writer)

    deciding.decide_version(version, by=chief, valid_from=TODAY, delegation=delegation, registry_number="SN 2026/45")

    delegated = DelegatedDecision.objects.get()
    assert (version.delegation, version.delegation_text) == (delegation, delegated.delegation_text)
    assert (delegated.subject, delegated.target) == ("Rutin för synpunkter, version 1", version.document)


def test_what_a_document_points_to_is_kept_and_audited(home_care, writer):
    document = walks.start(writer, home_care)
    area = QualityArea.objects.create(key="a", name="Trygghet", explanation="Trygg.", valid_from=date(2012, 1, 1))
    below = group(home_care)

    operations.change_document(
        document, by=writer, revision=1, applies_to=[below], quality_areas=[area], roles=["employee"]
    )

    document = GoverningDocument.objects.get()
    event = Event.objects.filter(verb="document.changed").get()
    assert ([*document.applies_to.all()], document.role_names, document.revision) == ([below], ["Medarbetare"], 2)
    assert event.after == {"roles": ["employee"], "applies_to": below.name, "quality_areas": "Trygghet"}
    with pytest.raises(Refused):
        operations.change_document(document, by=writer, revision=1, applies_to=[])


def test_what_is_being_written_is_seen_by_those_who_work_with_it(home_care, writer, chief):
    document = walks.start(writer, home_care)
    reader, neighbour = (
        person("Lars Läs", employee=group(home_care)),
        person("Nils", employee=unit(committee("Byggnämnden"))),
    )

    def seen():
        return [list(GoverningDocument.objects.visible_to(who)) for who in (reader, neighbour, writer)]

    assert seen() == [[], [], [document]]
    walks.decide(walks.send(walks.first(document), writer), chief)
    walks.next_version(document, writer)

    assert seen() == [[document], [], [document]]
    assert [version.number for version in DocumentVersion.objects.visible_to(reader)] == [1]
