from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from hjulet.audit.models import Event
from hjulet.collaboration.models import Notice
from hjulet.collaboration.notices.kinds import KINDS, Mail, reminder_date
from hjulet.collaboration.notices.operations import choose_mail, mark_all_read, mark_read, tell
from hjulet.collaboration.notices.queries import mail_choices_of
from hjulet.collaboration.notices.rules import next_digest
from hjulet.collaboration.notices.tellings import Telling
from tests.actions.walks import plan
from tests.factories import committee, person, unit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def anna(home_care):
    return person("Anna Berg", employee=home_care)


@pytest.fixture
def action(home_care, manager):
    return plan(manager, home_care)


CHOICES = [("at_once", NOW), ("weekly", MONDAY), ("never", None)]


@pytest.mark.parametrize(
    ("kind", "choice", "due"),
    [
        (kind.key, choice, due)
        for kind in KINDS.values()
        for choice, due in CHOICES
        if kind.may_be_off or choice != "never"
    ],
)
def test_each_kind_is_mailed_as_chosen(action, anna, *, kind, choice, due):
    choose_mail(by=anna, **{kind: choice})

    tell(kind, [Telling(anna, action, TODAY)], by=person("Bo Annan"))

    assert Notice.objects.values_list("kind", "mail_due_at", "read_at").get() == (kind, due, None)


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS.values() if not kind.may_be_off])
def test_what_cannot_be_off_stays_on(kind, anna):
    with pytest.raises(ValidationError) as error:
        choose_mail(by=anna, **{kind: "never"})

    assert error.value.message_dict == {kind: ["De här notiserna går inte att stänga av. Välj när mejlet ska komma."]}
    assert mail_choices_of(anna)[kind] == Mail.AT_ONCE


def test_what_is_late_and_what_awaits_a_decision_cannot_be_switched_off():
    assert {kind.key for kind in KINDS.values() if not kind.may_be_off} == {
        "action_overdue",
        "agreement_past_end",
        "agreement_renewal_due",
        "control_overdue",
        "decision_awaited",
        "document_review",
        "document_sent",
        "duty_overdue",
        "idea_answered",
        "law_review_overdue",
        "measurement_overdue",
        "reading_overdue",
        "review_due",
        "secret_opened",
    }


@pytest.mark.parametrize(("choice", "due"), CHOICES)
def test_choice_holds_for_what_already_waits(choice, due, action, manager, anna):
    choose_mail(by=anna, comment="weekly" if choice == "at_once" else "at_once", action_due="weekly")
    for kind in ("comment", "action_due"):
        tell(kind, [Telling(anna, action, TODAY)], by=manager)

    choose_mail(by=anna, comment=choice)

    assert dict(Notice.objects.values_list("kind", "mail_due_at")) == {"comment": due, "action_due": MONDAY}


def test_choice_is_in_the_log_in_words(anna):
    choose_mail(by=anna, comment="weekly", action_due="at_once")
    choose_mail(by=anna, comment="weekly")

    [event] = Event.objects.filter(verb="person.mail_chosen")
    assert (event.before, event.after) == (
        {"Någon har kommenterat det du ansvarar för": "Genast"},
        {"Någon har kommenterat det du ansvarar för": "Samlat på måndagar"},
    )


@pytest.mark.parametrize(
    ("now", "digest"),
    [
        ("2026-03-16 05:59+01:00", "2026-03-16 06:00+01:00"),
        ("2026-03-16 06:00+01:00", "2026-03-23 06:00+01:00"),
        ("2026-03-22 23:59+01:00", "2026-03-23 06:00+01:00"),
        ("2026-03-27 12:00+01:00", "2026-03-30 06:00+02:00"),
    ],
)
def test_digest_comes_on_monday_morning(now, digest):
    assert next_digest(datetime.fromisoformat(now)) == datetime.fromisoformat(digest)


@pytest.mark.parametrize(
    ("day", "reminded"), [("2026-03-16", 16), ("2026-03-22", 16), ("2026-03-23", 23), ("2026-03-31", 30)]
)
def test_reminder_comes_every_week(day, reminded):
    assert reminder_date(TODAY, date.fromisoformat(day)) == date(2026, 3, reminded)


def test_same_thing_about_the_same_day_is_told_once(action, manager, anna):
    def told(day):
        return tell("action_due", [Telling(anna, action, day)], by=manager)

    assert [told(TODAY), told(TODAY), told(date(2026, 3, 15)), told(date(2026, 3, 17))] == [1, 0, 1, 1]


def test_what_repeats_is_not_told_of_an_earlier_day(action, manager, anna):
    def told(day):
        return tell("action_overdue", [Telling(anna, action, day)], by=manager)

    assert [told(TODAY), told(TODAY), told(date(2026, 3, 15)), told(date(2026, 3, 17))] == [1, 0, 0, 1]


def test_database_refuses_the_same_notice_twice(action, manager, anna):
    tell("action_due", [Telling(anna, action, TODAY)], by=manager)
    notice = Notice.objects.get()
    notice.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


def test_same_telling_twice_in_a_heap_is_stored_once(action, manager, anna):
    tell("action_due", [Telling(anna, action, TODAY)] * 2, by=manager)

    assert Notice.objects.count() == 1


def test_whoever_may_not_see_the_row_is_not_told(action, manager):
    elsewhere = person("Ola Berg", unit_manager=unit(committee("Äldrenämnden")))
    nobody = person("Ingen Roll")

    assert tell("comment", [Telling(elsewhere, action, TODAY), Telling(nobody, action, TODAY)], by=manager) == 0
    assert tell("comment", [], by=manager) == 0


def test_notice_says_nothing_of_what_it_is_about(action, manager, anna):
    tell("action_given", [Telling(anna, action, TODAY)], by=manager)

    stored = " ".join(str(value) for value in Notice.objects.values().get().values())
    assert action.title not in stored
    assert "Anna" not in stored


def test_own_notices_are_read_one_at_a_time_or_all(action, manager, anna, clock):
    other = person("Cia Annan")
    for kind in ("comment", "action_due", "effect_due"):
        tell(kind, [Telling(anna, action, TODAY), Telling(manager, action, TODAY)], by=other)
    first = Notice.objects.filter(person=anna).first()

    mark_read(first, by=anna)
    clock.move_to("2026-03-17 10:00+01:00")
    mark_read(first, by=anna)
    first.refresh_from_db()

    assert (first.read_at, first.mail_due_at) == (NOW, None)
    assert [mark_all_read(by=anna), mark_all_read(by=anna)] == [2, 0]
    assert Notice.objects.unread().filter(person=manager).count() == 3


def test_nobody_reads_for_another(action, manager, anna):
    tell("comment", [Telling(anna, action, TODAY)], by=manager)

    with pytest.raises(PermissionDenied):
        mark_read(Notice.objects.get(), by=manager)
