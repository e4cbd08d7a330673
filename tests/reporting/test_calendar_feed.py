import logging
from datetime import date, datetime, timedelta

import icalendar
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hjulet.audit.models import Event
from hjulet.backup.exporting import SECRET_COLUMNS
from hjulet.monitoring.recurring_duties import operations as duties
from hjulet.organisation.people.operations import stop_login
from hjulet.reporting.calendar_feed import operations
from hjulet.reporting.models import CalendarFeed
from tests.actions.walks import action_at
from tests.actions.walks import plan as plan_action
from tests.factories import assign, committee, person, unit
from tests.monitoring.indicators.walks import define as define_indicator
from tests.monitoring.indicators.walks import record as record_measurement
from tests.monitoring.indicators.walks import turn
from tests.monitoring.recurring_duties.walks import finish, first, template
from tests.monitoring.recurring_duties.walks import plan as plan_duty
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.rulebook.agreements.walks import draft, in_force, terminate

TODAY = date(2026, 3, 16)
pytestmark = pytest.mark.django_db
INDEX, MAKE = reverse("calendar_feed:index"), reverse("calendar_feed:make")


@pytest.fixture
def social():
    return committee()


@pytest.fixture
def home_care(social):
    return unit(social)


def address_of(somebody, *, only_mine=False):
    return reverse("calendar_feed:feed", args=[operations.make_feed(by=somebody, only_mine=only_mine)])


def events(client, address):
    calendar = icalendar.Calendar.from_ical(client.get(address).content)
    return list(calendar.walk("VEVENT"))


def summaries(client, address):
    return [str(event["summary"]) for event in events(client, address)]


def test_the_calendar_as_a_program_reads_it(client, home_care, manager):
    [duty] = duties.plan_from_templates(by=manager, unit=home_care, templates=[template()])
    occurrence = first(duty)

    answer = client.get(address_of(manager))

    calendar = icalendar.Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {name: calendar.decoded(name) for name in ("version", "method", "refresh-interval")} == {
        "version": "2.0",
        "method": "PUBLISH",
        "refresh-interval": timedelta(hours=6),
    }
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in answer.content
    assert str(calendar["x-wr-calname"]) == "Kvalitetshjulet"
    [event] = calendar.walk("VEVENT")
    assert {name: event.decoded(name) for name in event if name not in {"DTSTAMP", "LAST-MODIFIED", "CATEGORIES"}} == {
        "UID": f"duty-{occurrence.pk}@hjulet.example.org",
        "SEQUENCE": 0,
        "DTSTART": date(2027, 2, 28),
        "DTEND": date(2027, 3, 1),
        "SUMMARY": "Kvalitetsredovisning, Hemtjänst Norr",
        "DESCRIPTION": "Klar senast den här dagen. Öppna länken för att läsa mer och göra den klar.",
        "URL": f"https://hjulet.example.org/arshjul/uppgifter/tillfallen/{occurrence.pk}/",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "CLASS": "PRIVATE",
    }
    assert event["categories"].to_ical() == "Årsuppgift".encode()
    assert event.decoded("dtstamp") == event.decoded("last-modified") == duty.created_at
    assert b"DTSTART;VALUE=DATE:20270228" in answer.content


def test_lines_are_folded_and_words_escaped(client, social, manager):
    place = unit(social, "Norr; Syd, Öst\\Väst " + "ö" * 80)
    assign(manager, "unit_manager", place)
    plan_duty(manager, place)

    address = address_of(manager)

    content = client.get(address).content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert summaries(client, address) == [f"Rapport, {place.name}"] * 2


def test_what_anyone_has_typed_stays_at_home(client, home_care, manager):
    plan_duty(manager, home_care, title="Samtal med Eva Dal", owner_person=manager)
    plan_control(manager, home_care, title="Kontroll av Eva Dals plan", months=12, owner_person=manager)
    plan_action(manager, home_care, title="Hjälp Eva Dal", description="Eva.", owner_person=manager, due_date=TODAY)

    address = address_of(manager)

    assert sorted(set(summaries(client, address))) == [
        "Egenkontroll att göra, Hemtjänst Norr",
        "Rapport, Hemtjänst Norr",
        "Åtgärd att slutföra, Hemtjänst Norr",
    ]
    assert [word in client.get(address).content.decode() for word in ("Eva", "Karin", "@example")] == [False] * 3


def test_only_what_is_mine_or_also_the_duties_of_the_nämnd(client, social, home_care, manager):
    plan_duty(manager, home_care, kind="survey", owner_person=manager)
    plan_duty(manager, home_care, kind="report", owner_person=person("Eva Dal"))
    plan_control(manager, home_care, months=12, owner_person=person("Bo Ny"))

    assert set(summaries(client, address_of(manager, only_mine=True))) == {"Enkät eller mätning, Hemtjänst Norr"}
    assert set(summaries(client, address_of(manager, only_mine=False))) == {
        "Enkät eller mätning, Hemtjänst Norr",
        "Rapport, Hemtjänst Norr",
    }


def test_what_is_done_leaves_the_calendar(client, home_care, manager):
    occurrence = first(plan_duty(manager, home_care))
    address = address_of(manager)
    before = [str(event["uid"]) for event in events(client, address)]

    finish(occurrence, manager)

    assert before == [f"duty-{occurrence.pk}@hjulet.example.org", f"duty-{occurrence.pk + 1}@hjulet.example.org"]
    assert [str(event["uid"]) for event in events(client, address)] == before[1:]


def test_a_change_raises_the_sequence_and_keeps_the_key(client, home_care, manager, clock):
    occurrence = first(plan_duty(manager, home_care))
    address = address_of(manager)
    [before, _next_year] = events(client, address)
    clock.move_to("2026-03-16 12:00Z")

    finish(occurrence, manager)
    duties.reopen_duty(occurrence, by=manager, reason="Fel rad.")

    [after, _next_year] = events(client, address)
    assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 2)
    assert after.decoded("last-modified") == datetime.fromisoformat("2026-03-16 12:00Z")


def test_my_own_measurements_stand_by_their_last_day_and_not_by_what_is_measured(client, home_care, manager):
    indicator = define_indicator(manager, home_care, name="Hemligt", months=12, lag_days=30, owner_person=manager)
    define_indicator(manager, home_care, months=12, owner_role="employee")
    measurement = turn(indicator)

    [event] = events(client, address_of(manager))

    assert (str(event["summary"]), event.decoded("dtstart"), str(event["uid"]).split("@")[0]) == (
        f"Nyckeltal att mäta, {home_care.name}",
        date(2027, 1, 30),
        f"measurement-{measurement.pk}",
    )
    record_measurement(measurement, manager)
    assert summaries(client, address_of(manager)) == []


def test_an_action_that_is_done_asks_for_its_effect(client, home_care, manager):
    action_at("done", manager, home_care, owner_person=manager, effect_due_date=date(2026, 6, 1))

    [event] = events(client, address_of(manager))

    assert (str(event["summary"]), event.decoded("dtstart")) == ("Effekt att bedöma, Hemtjänst Norr", date(2026, 6, 1))


def test_what_is_long_past_or_far_ahead_is_left_out(client, home_care, manager, clock):
    clock.move_to("2026-01-01 12:00Z")
    plan_duty(manager, home_care, first_due_date=date(2026, 1, 2))
    address = address_of(manager)
    assert [event.decoded("dtstart") for event in events(client, address)] == [date(2026, 1, 2), date(2027, 1, 2)]

    clock.move_to("2026-04-05 12:00Z")

    assert [event.decoded("dtstart") for event in events(client, address)] == [date(2027, 1, 2)]


def test_agreements_stand_by_what_is_to_be_done_and_not_by_what_they_are_called(client, social, home_care, manager):
    days = {"notice_date": date(2026, 6, 1), "valid_to": date(2026, 12, 31), "next_follow_up_date": date(2026, 5, 1)}
    agreement = in_force(manager, home_care, title="Om Anna Berg", owner_person=manager, **days)
    in_force(manager, home_care, title="Notisdagen var", notice_date=date(2026, 3, 1))
    terminate(in_force(manager, home_care), manager, valid_to=date(2026, 9, 1))
    draft(manager, home_care, next_follow_up_date=date(2026, 5, 2))
    stranger = person("Ola Berg", quality_developer=committee("Äldrenämnden"))

    mine = events(client, address_of(manager, only_mine=True))

    assert [(str(event["summary"]), event.decoded("dtstart"), str(event["url"])) for event in mine] == [
        (f"{what}, Hemtjänst Norr", day, f"https://hjulet.example.org{agreement.get_absolute_url()}")
        for what, day in (
            ("Avtal att följa upp", date(2026, 5, 1)),
            ("Avtal att säga upp eller förlänga", date(2026, 6, 1)),
            ("Avtal som går ut", date(2026, 12, 31)),
        )
    ]
    assert [event.decoded("dtstart") for event in events(client, address_of(manager))] == [
        date(2026, 5, 1),
        date(2026, 6, 1),
        date(2026, 9, 1),
        date(2026, 12, 31),
    ]
    assert summaries(client, address_of(stranger)) == []


def test_what_may_be_seen_is_asked_at_every_fetch(client, social, home_care, manager):
    plan_duty(manager, home_care)
    reader = person("Ola Berg")
    role = assign(reader, "quality_developer", social)
    address = address_of(reader)
    assert len(events(client, address)) == 2

    type(role).objects.filter(pk=role.pk).update(valid_to=date(2026, 3, 15))

    assert client.get(address).status_code == 404


def test_who_may_no_longer_log_in_has_no_calendar(client, home_care, manager):
    address = address_of(manager)
    boss = person("Sam System", system_administrator=home_care.committee.parent)

    stop_login(manager, by=boss, reason="Slutat.")

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 43, "-" * 43])
def test_a_guess_leads_nowhere(client, manager, token):
    address_of(manager)

    answer = client.get(reverse("calendar_feed:feed", args=[token]))

    assert (answer.status_code, answer.content, answer["Referrer-Policy"]) == (404, b"", "no-referrer")


def test_a_withdrawn_address_leads_nowhere_and_neither_does_an_empty_one(client, manager):
    address = address_of(manager)
    client.force_login(manager)

    client.post(reverse("calendar_feed:withdraw"))

    assert client.get(address).status_code == 404
    assert "Du har ingen adress" in client.get(INDEX).content.decode()
    assert client.post(reverse("calendar_feed:withdraw")).status_code == 404


def test_a_new_address_takes_the_place_of_the_old(client, manager):
    old = address_of(manager)
    new = address_of(manager)

    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    assert CalendarFeed.objects.count() == 1


def test_two_who_have_withdrawn_do_not_stand_in_each_others_way(client, manager, home_care):
    for somebody in (manager, person("Eva Dal", employee=home_care)):
        address_of(somebody)
        operations.withdraw_feed(CalendarFeed.objects.get(person=somebody), by=somebody)

    assert list(CalendarFeed.objects.values_list("token_hash", flat=True)) == ["", ""]


def test_the_secret_is_kept_nowhere(client, manager):
    token = operations.make_feed(by=manager, only_mine=True)

    feed = CalendarFeed.objects.get()
    assert token not in {str(value) for value in vars(feed).values()}
    assert (len(feed.token_hash), len(token)) == (64, 43)
    assert token not in str(list(Event.objects.values()))
    assert ("reporting_calendarfeed", "token_hash") in SECRET_COLUMNS


@pytest.mark.parametrize("made", [True, False])
def test_the_secret_is_logged_by_nobody(client, manager, made, caplog):
    caplog.set_level(logging.DEBUG)
    token = operations.make_feed(by=manager, only_mine=True)
    if not made:
        operations.withdraw_feed(CalendarFeed.objects.get(), by=manager)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)

    answer = client.get(reverse("calendar_feed:feed", args=[token]))

    assert answer.status_code == (200 if made else 404)
    assert token not in caplog.text


def test_a_fault_does_not_log_the_secret_either(client, manager, caplog, monkeypatch):
    token = operations.make_feed(by=manager, only_mine=True)
    monkeypatch.setattr("hjulet.reporting.calendar_feed.queries.AHEAD", None)
    client.raise_request_exception = False

    answer = client.get(reverse("calendar_feed:feed", args=[token]))

    assert (answer.status_code, "Internal Server Error: /arshjul/kalender/" in caplog.text) == (500, True)
    assert [token in record.getMessage() for record in caplog.records] == [False]


def test_nobody_on_the_way_keeps_it(client, manager):
    answer = client.get(address_of(manager))

    assert {name: answer[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    assert "Set-Cookie" not in answer


def test_an_unchanged_calendar_is_not_sent_again(client, home_care, manager, clock):
    occurrence = first(plan_duty(manager, home_care))
    address = address_of(manager)
    mark = client.get(address)["ETag"]
    clock.move_to("2026-03-17 12:00Z")

    same = client.get(address, headers={"If-None-Match": mark})
    finish(occurrence, manager)
    changed = client.get(address, headers={"If-None-Match": mark})

    assert (same.status_code, same.content, same["ETag"], changed.status_code) == (304, b"", mark, 200)


def test_when_it_was_fetched_is_shown(client, manager, clock):
    address = address_of(manager)
    client.force_login(manager)
    assert "Inte ännu" in client.get(INDEX).content.decode()
    clock.move_to("2026-03-17 12:30Z")

    client.get(address)
    client.force_login(manager)

    assert "2026-03-17 13:30" in client.get(INDEX).content.decode()


def test_an_address_that_is_fetched_all_the_time_waits_for_the_next_hour(client, manager, clock):
    address = address_of(manager)

    statuses = [client.get(address).status_code for _ in range(62)]
    clock.move_to("2026-03-16 10:05Z")

    assert statuses == [*[200] * 60, 429, 429]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        owner = {"owner_person": manager}
        plan_duty(manager, home_care, title=f"Rapport {number}", **owner)
        plan_control(manager, home_care, months=12, **owner)
        define_indicator(manager, home_care, months=12, **owner)
        plan_action(manager, home_care, **owner)
        in_force(manager, home_care, next_follow_up_date=date(2026, 5, 1), **owner)
    address = address_of(manager)

    with django_assert_num_queries(12):
        client.get(address)


def test_only_reading_is_answered(client, manager):
    address = address_of(manager)

    assert (client.head(address).status_code, client.post(address).status_code) == (200, 405)


def test_the_address_is_made_and_shown_once(client, manager):
    client.force_login(manager)

    answer = client.post(MAKE, {"only_mine": "0"})

    address = answer.context["address"]
    assert address.startswith("https://hjulet.example.org/arshjul/kalender/")
    assert client.get(address.removeprefix("https://hjulet.example.org")).status_code == 200
    assert address not in client.get(INDEX).content.decode()
    assert [event.verb for event in Event.objects.all()] == ["person.calendar_made"]
    assert client.post(MAKE, {"only_mine": "2"}).status_code == 422


def test_who_has_no_role_makes_no_address(client):
    somebody = person("Ingen Roll")
    client.force_login(somebody)

    assert "Inget att visa i en kalender" in client.get(INDEX).content.decode()
    assert client.get(MAKE).status_code == 403
    with pytest.raises(PermissionDenied):
        operations.make_feed(by=somebody, only_mine=True)


def test_nobody_withdraws_the_address_of_another(manager, home_care):
    address_of(manager)

    with pytest.raises(PermissionDenied):
        operations.withdraw_feed(CalendarFeed.objects.get(), by=person("Eva Dal", employee=home_care))
