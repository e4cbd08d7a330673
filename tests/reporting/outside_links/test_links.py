from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from hjulet.base.operations import Refused
from hjulet.monitoring.models import DutyOccurrence
from hjulet.organisation.models import Person
from hjulet.reporting.outside_links import duties
from hjulet.reporting.outside_links.asking import NOTHING, Answer, NotAsked
from hjulet.reporting.outside_links.models import OutsideAddress, OutsidePlace
from hjulet.reporting.outside_links.operations import note_addresses, note_answer
from hjulet.reporting.outside_links.queries import addresses_to_check, places_visible_to
from hjulet.reporting.outside_links.sources import addresses_in
from hjulet.rulebook.models import Law
from tests import factories
from tests.monitoring.recurring_duties import walks

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine():
    return Person.objects.machine()


@pytest.fixture
def manager(home_care, client):
    manager = factories.person("Eva Chef", unit_manager=home_care)
    client.force_login(manager)
    return manager


def law(number=1, link="https://lagen.example/sol"):
    return Law.objects.create(key=f"lag-{number}", title=f"Lag {number}", kind="act", field="social", link=link)


def linked_duty(manager, unit, link="https://kommunen.example/rapport"):
    return walks.finish(walks.first(walks.plan(manager, unit)), manager, link=link)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Se https://a.example/b.", ["https://a.example/b"]),
        ("[Lagen](https://a.example/b)", ["https://a.example/b"]),
        ("(https://a.example/b_(c))", ["https://a.example/b_(c)"]),
        ("<http://a.example> och https://b.example/?q=1&r=2", ["http://a.example", "https://b.example/?q=1&r=2"]),
        ("ftp://a.example mailto:a@b.example", []),
        ("https://a.example/" + "x" * 500, []),
        (None, []),
    ],
)
def test_addresses_in_a_text(text, addresses):
    assert list(addresses_in(text)) == addresses


def test_addresses_are_noted_where_they_stand_and_forgotten_when_they_are_gone(machine, manager, home_care):
    row = law()
    done = linked_duty(manager, home_care, link=row.link)
    note_addresses(by=machine)
    assert note_addresses(by=machine) == 1
    places = OutsidePlace.objects.order_by("target_type__model").values_list("address__url", "target_id", "unit")
    assert list(places) == [(row.link, done.pk, home_care.pk), (row.link, row.pk, None)]

    DutyOccurrence.objects.filter(pk=done.pk).update(link="")
    Law.objects.filter(pk=row.pk).update(link="https://ny.example/")
    note_addresses(by=machine)
    assert list(OutsideAddress.objects.values_list("url", flat=True)) == ["https://ny.example/"]


def test_only_the_clock_notes(manager):
    with pytest.raises(PermissionDenied):
        note_addresses(by=manager)
    with pytest.raises(PermissionDenied):
        note_answer(OutsideAddress(url="https://a.example"), NOTHING, by=manager)


def test_one_is_asked_again_after_a_week_and_a_silent_one_the_next_day(machine, clock):
    working, silent, new = (OutsideAddress.objects.create(url=f"https://{name}.example") for name in "abc")
    note_answer(working, Answer(True, 200), by=machine)
    note_answer(silent, NOTHING, by=machine)
    assert list(addresses_to_check(timezone.now())) == [new]
    note_answer(new, Answer(True, 200), by=machine)

    clock.shift(timedelta(days=1))
    assert list(addresses_to_check(timezone.now())) == [silent]
    clock.shift(timedelta(days=6))
    assert set(addresses_to_check(timezone.now())) == {working, silent, new}


def test_gone_is_broken_at_once_and_silent_the_third_time(machine, clock):
    gone, silent = (OutsideAddress.objects.create(url=f"https://{name}.example") for name in "ab")
    note_answer(gone, Answer(False, 404), by=machine)
    since = note_answer(silent, NOTHING, by=machine).failing_since
    for _day in range(2):
        assert list(OutsideAddress.objects.broken()) == [gone]
        assert (gone.is_broken, silent.is_broken) == (True, False)
        clock.shift(timedelta(days=1))
        note_answer(silent, NOTHING, by=machine)
    assert set(OutsideAddress.objects.broken()) == {gone, silent}
    assert (silent.is_broken, silent.failing_since) == (True, since)

    note_answer(silent, Answer(True, 200), by=machine)
    assert (silent.failures, silent.failing_since, silent.is_broken) == (0, None, False)


@pytest.fixture
def answers(monkeypatch, settings):
    """What each address answers; those that are not named lie within the own net."""
    settings.CHECK_LINKS = True
    given = {}

    def ask(url):
        if url not in given:
            raise NotAsked
        return given[url]

    monkeypatch.setattr(duties, "ask", ask)
    return given


def test_the_clock_asks_what_is_due(machine, answers):
    law(1, "https://a.example"), law(2, "https://b.example"), law(3, "https://intranet.example")
    answers.update({"https://a.example": Answer(True, 200), "https://b.example": Answer(False, 410)})

    assert duties.check_links(machine, timezone.localdate()) == 3
    assert duties.check_links(machine, timezone.localdate()) == 0
    found = OutsideAddress.objects.values_list("url", "status", "failures")
    assert list(found) == [
        ("https://a.example", 200, 0),
        ("https://b.example", 410, 1),
        ("https://intranet.example", None, 0),
    ]


def test_a_server_without_a_net_calls_nothing_broken(machine, answers):
    law()
    answers["https://lagen.example/sol"] = NOTHING

    with pytest.raises(Refused, match="Ingen av adresserna svarar"):
        duties.check_links(machine, timezone.localdate())
    assert OutsideAddress.objects.get().checked_at is None


def test_nothing_is_asked_unless_it_is_turned_on(machine, settings):
    settings.CHECK_LINKS = False
    law()

    assert duties.check_links(machine, timezone.localdate()) == 0
    assert OutsideAddress.objects.get().checked_at is None


def test_one_sees_those_in_rows_that_one_may_see(machine, manager, home_care):
    row = law()
    linked_duty(manager, home_care)
    note_addresses(by=machine)
    stranger = factories.person("Nils Ek", unit_manager=factories.unit(factories.committee("Kulturnämnden"), "Arkivet"))

    assert {place.target for place in places_visible_to(stranger)} == {row}
    assert places_visible_to(manager).count() == 2
    assert places_visible_to(factories.person("Ingen Roll")).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow_with_the_rows(client, machine, manager, rows, django_assert_num_queries):
    for number in range(rows):
        law(number, f"https://{number}.example")
    note_addresses(by=machine)

    with django_assert_num_queries(9):
        answer = client.get(reverse("outside_links:list"))
    assert answer.content.decode().count("Inte prövad") == rows


def test_only_broken_ones(client, machine, manager):
    law(1, "https://a.example"), law(2, "https://b.example")
    note_addresses(by=machine)
    note_answer(OutsideAddress.objects.get(url="https://b.example"), Answer(False, 404), by=machine)

    text = client.get(reverse("outside_links:list"), {"broken": "on"}).content.decode()
    assert ("https://a.example" in text, "https://b.example" in text, "Finns inte" in text) == (False, True, True)
