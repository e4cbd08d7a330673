import email
import email.policy
import socket
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from hjulet.collaboration.comments.operations import comment_on
from hjulet.collaboration.models import ClockRun, Notice, Sending
from hjulet.collaboration.notices.operations import choose_mail, claim_mail, mark_read
from tests.actions.walks import plan
from tests.collaboration.clock.rounds import machine, run
from tests.collaboration.notices.mail_server import Silent, point_at, serving
from tests.factories import person

pytestmark = pytest.mark.django_db

AWAY = "Mejlservern svarar inte. Mejlen väntar och skickas när den gör det."


@pytest.fixture
def anna(home_care):
    return person("Anna Berg", employee=home_care)


@pytest.fixture
def given(home_care, manager, anna):
    """Two actions that Anna has been given and not been mailed about."""
    for title in ("Hemlig rubrik", "En till"):
        plan(manager, home_care, title=title, owner_person=anna)


def outcomes():
    return list(Sending.objects.order_by("pk").values_list("outcome", flat=True))


def test_nothing_is_mailed_before_the_clock_goes(given):
    assert mail.outbox == []
    assert Notice.objects.filter(mail_due_at__isnull=False).count() == 2


def test_one_mail_says_kind_and_unit_and_nothing_more(given):
    run()

    [message] = mail.outbox
    assert (message.to, message.subject) == (["anna.berg@example.org"], "Kvalitetshjulet: Du har 2 nya notiser")
    assert message.body.splitlines() == [
        "Hej!",
        "",
        "Det här är nytt i Kvalitetshjulet:",
        "",
        "* Du har fått en åtgärd: Hemtjänst Norr (2)",
        "",
        "Logga in och läs mer: https://hjulet.example.org/notiser/",
        "",
        "Du väljer själv vilka mejl du får: https://hjulet.example.org/konto/notiser/",
        "Det går inte att svara på det här mejlet.",
    ]
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_subject_of_a_single_one(home_care, manager, anna):
    plan(manager, home_care, owner_person=anna)
    run()

    assert mail.outbox[0].subject == "Kvalitetshjulet: Du har en ny notis"


def test_mail_is_sent_once_and_each_sending_is_logged(given):
    assert [run(), run()] == [{"mail": 1}, {}]

    assert len(mail.outbox) == 1
    assert [(sending.notice.person.name, str(sending)) for sending in Sending.objects.all()] == [
        ("Anna Berg", "mejl skickat"),
        ("Anna Berg", "mejl skickat"),
    ]


def test_weekly_digest_collects_the_week_in_one_mail(home_care, manager, anna, clock):
    choose_mail(by=anna, action_given="weekly", action_due="weekly", comment="never")
    action = plan(manager, home_care, owner_person=anna, due_date=date(2026, 3, 24))
    for moment in ("2026-03-17 06:00", "2026-03-18 06:00", "2026-03-23 05:59"):
        clock.move_to(f"{moment}+01:00")
        run()
        comment_on(action, by=manager, text=f"Hur går det {moment}?")
        plan(manager, home_care, owner_person=anna)
    before = len(mail.outbox)
    clock.move_to("2026-03-23 06:00+01:00")

    assert (before, run(), run()) == (0, {"mail": 1}, {})
    assert [line for line in mail.outbox[0].body.splitlines() if line.startswith("*")] == [
        "* Du har fått en åtgärd: Hemtjänst Norr (4)",
        "* En åtgärd ska snart vara klar: Hemtjänst Norr",
    ]


def test_what_has_been_read_is_not_mailed(given, anna):
    for notice in Notice.objects.all():
        mark_read(notice, by=anna)

    assert run() == {}


def test_without_a_mail_server_everything_waits_until_there_is_one(given, settings, clock):
    settings.MAIL_IS_SET = False
    first = run()
    clock.move_to("2026-05-01 06:00+02:00")
    settings.MAIL_IS_SET = True

    assert (first, run(), len(mail.outbox)) == ({}, {"mail": 1}, 1)


def test_server_that_is_down_is_tried_again_with_growing_pauses(given, settings, clock):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    point_at(settings, port)
    moments = ["10:00", "10:09", "10:10", "11:09", "11:10", "15:10", "15:11"]

    said = []
    for moment in moments:
        clock.move_to(f"2026-03-16 {moment}+01:00")
        said.append(run().get("mail"))

    assert said == [AWAY, None, AWAY, None, AWAY, AWAY, None]
    assert ClockRun.objects.get(duty="mail").fault == ""
    assert set(Notice.objects.values_list("mail_failures", "mail_due_at")) == {
        (4, datetime(2026, 3, 17, 14, 10, tzinfo=UTC))
    }


def test_server_that_comes_back_gets_everything_once(given, settings, clock):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        point_at(settings, nobody.getsockname()[1])
    down = run()
    clock.move_to("2026-03-16 10:10+01:00")
    with serving(settings) as mails:
        up = [run(), run()]

    assert (down, up) == ({"mail": AWAY}, [{"mail": 1}, {}])
    [message] = [email.message_from_bytes(content, policy=email.policy.default) for content in mails]
    assert message["To"] == "anna.berg@example.org"
    assert "* Du har fått en åtgärd: Hemtjänst Norr (2)" in message.get_content()
    assert outcomes() == ["unreachable", "unreachable", "sent", "sent"]


def test_slow_server_ends_the_mail_but_not_the_rest(given, settings, home_care, manager, anna):
    plan(manager, home_care, owner_person=anna, due_date=date(2026, 3, 20))
    with serving(settings, handler=Silent):
        did = run()

    assert did == {"actions.due": 1, "mail": AWAY}
    assert ClockRun.objects.get(duty="statistics").fault == ""


def test_server_that_is_away_is_asked_once_a_round(given, settings, home_care, manager):
    other = person("Bo Ny", employee=home_care)
    plan(manager, home_care, owner_person=other)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        point_at(settings, nobody.getsockname()[1])

    assert [run()["mail"], run()["mail"]] == [AWAY, AWAY]
    assert list(Sending.objects.values_list("notice__person__name", flat=True)) == ["Anna Berg", "Anna Berg", "Bo Ny"]


def test_address_that_is_refused_stops_nobody_else(given, settings, home_care, manager):
    other = person("Bo Ny", employee=home_care)
    plan(manager, home_care, owner_person=other)
    with serving(settings, refused=("anna.berg",)) as mails:
        did = run()

    assert (did, len(mails)) == ({"mail": 1}, 1)
    assert outcomes() == ["refused", "refused", "sent"]


def test_address_that_is_refused_for_three_days_is_not_tried_any_more(given, settings, clock):
    moments = [f"2026-03-16 {time}+01:00" for time in ("10:00", "10:10", "11:10", "15:10")]
    moments += [f"2026-03-{day} 15:10+01:00" for day in (17, 18, 19, 20, 21)]
    tries = []
    with serving(settings, refused=("anna.berg",)):
        for moment in moments:
            clock.move_to(moment)
            run()
            tries.append(Sending.objects.count() // 2)

    assert tries == [1, 2, 3, 4, 5, 6, 7, 7, 7]
    assert set(Notice.objects.values_list("read_at", "mail_due_at")) == {(None, None)}


def test_one_refusal_after_a_long_outage_is_one_refusal(given, settings, clock):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        point_at(settings, nobody.getsockname()[1])
    for day in range(16, 24):
        clock.move_to(f"2026-03-{day} 10:00+01:00")
        run()
    with serving(settings, refused=("anna.berg",)):
        clock.move_to("2026-03-24 10:00+01:00")
        run()

    assert outcomes() == ["unreachable"] * 16 + ["refused"] * 2
    assert Notice.objects.filter(mail_due_at__isnull=False).count() == 2


def test_address_that_no_server_takes_is_refused(given, settings, anna):
    anna.email = "anna@exempel.se\nBcc: alla@example.org"
    anna.save()

    assert (run(), outcomes(), mail.outbox) == ({}, ["refused", "refused"], [])


def test_whoever_cannot_log_in_gets_no_mail(given, anna):
    anna.is_active = False
    anna.save()

    assert (run(), mail.outbox) == ({}, [])
    assert Notice.objects.filter(mail_due_at__isnull=False).count() == 0


def test_claimed_mail_is_not_claimed_again_until_its_pause_is_over(given, anna, clock):
    by = machine()

    assert [len(claim_mail(anna, by=by)), len(claim_mail(anna, by=by))] == [2, 0]
    clock.move_to("2026-03-16 10:10+01:00")
    assert len(claim_mail(anna, by=by)) == 2


def test_mail_put_off_before_the_time_was_set_back_does_not_wait_for_it(given, anna, clock):
    clock.move_to("2026-03-01 10:00+01:00")

    assert run() == {"mail": 1}


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(outcome="refused"), lambda rows: rows._raw_delete("default")]
)
def test_sending_stays_as_written(given, change):
    run()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Sending.objects.all())
