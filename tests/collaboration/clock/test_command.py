import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from hjulet.base.operations import Refused
from hjulet.collaboration.clock.duties import Duty
from hjulet.collaboration.clock.operations import take_hold
from hjulet.organisation.models import Person
from tests.collaboration.clock.rounds import machine, run
from tests.factories import committee, municipality, person

pytestmark = pytest.mark.django_db


def refuse(by, day):
    raise Refused("Det gick inte i dag.")


def did_two(by, day):
    return 2


def say(**options):
    out = StringIO()
    call_command("clock", stdout=out, **options)
    return out.getvalue().splitlines()


def test_says_what_it_did():
    assert say() == [
        "Omorganisationer vars dag har kommit: 0.",
        "Nya kontrolltillfällen: 0.",
        "Nya tillfällen i årshjulet: 0.",
        "Nya mätningar av nyckeltal: 0.",
        "Dokument som börjar gälla: 0.",
        "Påminnelser om dokument som ska ses över: 0.",
        "Påminnelser om åtgärder som snart ska vara klara: 0.",
        "Påminnelser om försenade åtgärder: 0.",
        "Påminnelser om effekter att bedöma: 0.",
        "Påminnelser om egenkontroller som snart ska vara gjorda: 0.",
        "Påminnelser om försenade egenkontroller: 0.",
        "Påminnelser om årsuppgifter vars tid har börjat: 0.",
        "Påminnelser om försenade årsuppgifter: 0.",
        "Påminnelser om nyckeltal som snart ska vara mätta: 0.",
        "Påminnelser om försenade mätningar: 0.",
        "Introduktioner som börjar: 0.",
        "Påminnelser om introduktioner där något är kvar: 0.",
        "Besked om dokument att läsa: 0.",
        "Påminnelser om dokument som snart ska vara lästa: 0.",
        "Påminnelser om dokument som skulle ha varit lästa: 0.",
        "Påminnelser om avtal att följa upp: 0.",
        "Påminnelser om avtal att säga upp eller förlänga: 0.",
        "Påminnelser om avtal vars tid har gått ut: 0.",
        "Påminnelser om det som snart ska vara genomgånget: 0.",
        "Påminnelser om det som skulle ha varit genomgånget: 0.",
        "Förseglade dagar i läsloggen: 0.",
        "Nya granskningar av läsloggen: 0.",
        "Påminnelser om granskningar av läsloggen: 0.",
        "Skickade mejl: 0.",
        "Glömda utkast: 0.",
        "Filer utan rad: 0.",
        "Jämförelse av styrande texter: 0.",
        "Kontroll av länkar till andra: 0.",
        "Nattens säkerhetskopia: 0.",
        "Databasens statistik: klart.",
    ]


def test_what_waits_is_less_when_the_day_has_been_done():
    say()

    assert say(waiting=True) == ["Skickade mejl: 0."]


def test_names_what_failed_and_does_the_rest(monkeypatch):
    odd = [Duty("x", "Påminnelser", refuse), Duty("y", "Mejl", did_two), Duty("z", "Statistik", refuse)]
    monkeypatch.setattr("hjulet.collaboration.clock.running.duties", lambda: odd)
    out = StringIO()

    with pytest.raises(CommandError, match="^Det här gick inte: Påminnelser, Statistik. Resten är gjort") as error:
        call_command("clock", stdout=out)

    assert error.value.returncode == 1
    assert out.getvalue() == (
        "Påminnelser: gick inte. Det gick inte i dag.\nMejl: 2.\nStatistik: gick inte. Det gick inte i dag.\n"
    )


def test_leaves_the_work_to_the_clock_that_is_at_it():
    take_hold(by=machine(), holder="another")

    assert say() == ["En annan klocka är redan i gång. Den gör det som ska göras."]


@pytest.mark.django_db(transaction=True)
def test_a_round_that_fails_is_no_reason_to_stop(monkeypatch, caplog):
    Person.objects.all().delete()
    rounds, seconds, stderr = [], iter(range(121)), StringIO()

    def fail_first(by, day):
        rounds.append(day)
        if len(rounds) == 1:
            raise Refused("Det gick inte i dag.")
        return 1

    def sleep(_second):
        machine()  # the first round found none
        if next(seconds) == 120:
            sys.exit()

    for place in ("queries", "running"):
        monkeypatch.setattr(
            f"hjulet.collaboration.clock.{place}.duties", lambda: [Duty("x", "Påminnelser", fail_first)]
        )
    monkeypatch.setattr("time.sleep", sleep)
    monkeypatch.setattr("signal.signal", lambda *_: None)

    with pytest.raises(SystemExit):
        call_command("clock", every=1, stdout=(stdout := StringIO()), stderr=stderr)

    assert stdout.getvalue() == "Påminnelser: gick inte. Det gick inte i dag.\nPåminnelser: 1.\n"
    assert stderr.getvalue().startswith("Fel: Det här gick inte: Påminnelser.")
    assert [record.getMessage() for record in caplog.records] == ["clock: a round failed"]


@pytest.fixture
def administrator(client):
    administrator = person("Sam System", system_administrator=municipality())
    client.force_login(administrator)
    return administrator


def rows_of(client):
    return [(str(row.name), row.run and row.run.fault) for row in page_of(client).rows][:2]


def page_of(client):
    return client.get(reverse("clock:index")).context["clock"]


def test_page_says_how_each_duty_went(client, administrator, monkeypatch):
    before = rows_of(client)
    monkeypatch.setattr("hjulet.collaboration.clock.running.duties", lambda: [Duty("controls.calendar", "", refuse)])
    run()

    text = client.get(reverse("clock:index")).content.decode()

    assert before == [
        ("Omorganisationer vars dag har kommit", None),
        ("Nya kontrolltillfällen", None),
    ]
    assert rows_of(client)[1] == ("Nya kontrolltillfällen", "Det gick inte i dag.")
    assert "2026-03-16 10:00: Det gick inte i dag." in text


def test_page_says_when_the_clock_has_stopped(client, administrator, clock):
    assert (page_of(client).is_silent, page_of(client).last_tried_at) == (True, None)
    assert "Den har aldrig gått." in client.get(reverse("clock:index")).content.decode()

    run()
    clock.move_to("2026-03-17 10:00+01:00")
    client.force_login(administrator)
    assert not page_of(client).is_silent

    clock.move_to("2026-03-17 10:01+01:00")
    assert page_of(client).is_silent
    assert "Den gick senast 2026-03-16 10:00." in client.get(reverse("clock:index")).content.decode()


def test_page_statements(client, administrator, django_assert_num_queries):
    run()

    with django_assert_num_queries(5):
        client.get(reverse("clock:index"))


def test_page_is_for_whoever_looks_after_the_system(client):
    client.force_login(person(quality_developer=committee()))

    assert client.get(reverse("clock:index")).status_code == 403
