"""The log of readings: a chain for each person, a seal for each day, and what is found when somebody meddles."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from hjulet.audit.models import GENESIS, Event, How, Read, Reading, ReadSeal
from hjulet.audit.operations import log_readings, seal_readings
from hjulet.audit.queries import faults_of_readings
from tests import factories
from tests.audit.walks import execute, tamper

pytestmark = pytest.mark.django_db

TABLE = "audit_reading"


@pytest.fixture
def unit():
    return factories.unit(factories.committee())


@pytest.fixture
def karin(unit):
    return factories.person("Karin Ek", unit_manager=unit)


@pytest.fixture
def log(unit, karin):
    """Karin reads three times and Anna twice, by turns."""
    anna = factories.person("Anna Berg", unit_manager=unit)
    return [row for by in (karin, anna, karin, anna, karin) for row in log_readings([read(unit)], by=by)]


def read(unit, **given):
    return Read(unit, unit.pk, unit.committee_id, How.PAGE, "Enhetschef, Hemtjänst Norr", **given)


def faults():
    return [(fault.number, fault.what) for fault in faults_of_readings()]


def test_a_reading_says_who_read_what_where_how_and_why(unit, karin):
    [reading] = log_readings([read(unit, is_outside=True, reason="Jour.", details="Bilaga 3")], by=karin)

    reading.refresh_from_db()
    assert (reading.person_id, reading.person_name, reading.acting_as) == (
        karin.pk,
        "Karin Ek",
        "Enhetschef, Hemtjänst Norr",
    )
    assert (reading.target_type, reading.target_id, reading.unit_id, reading.committee_id) == (
        "organisation.unit",
        unit.pk,
        unit.pk,
        unit.committee_id,
    )
    assert (reading.how, reading.is_outside, reading.reason, reading.details) == ("page", True, "Jour.", "Bilaga 3")
    assert (reading.number, reading.previous_hash) == (1, GENESIS)


def test_each_person_has_a_chain_of_their_own(log):
    assert [(row.person_name, row.number) for row in log] == [
        ("Karin Ek", 1),
        ("Anna Berg", 1),
        ("Karin Ek", 2),
        ("Anna Berg", 2),
        ("Karin Ek", 3),
    ]
    assert [row.previous_hash for row in log] == [GENESIS, GENESIS, log[0].hash, log[1].hash, log[2].hash]
    assert faults() == []


def test_an_empty_log_holds():
    assert faults() == []


def test_to_read_waits_for_no_writer(log):
    """The chain of changes is not touched: its end is what every writer holds."""
    assert Event.objects.count() == 0


@pytest.mark.parametrize("table", ["audit_reading", "audit_readseal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_change_and_removal(log, clock, table, statement):
    clock.move_to(datetime(2026, 3, 17, 4, 0, tzinfo=ZoneInfo("Europe/Stockholm")))
    seal_readings(by=factories.person("Klockan"), day=date(2026, 3, 17))

    with pytest.raises(DatabaseError, match=f"{table} is append-only"), transaction.atomic():
        execute(statement.format(table))

    assert (Reading.objects.count(), ReadSeal.objects.count()) == (5, 1)


@pytest.mark.parametrize(
    "change",
    [
        "person_name = 'Någon annan'",
        "acting_as = ''",
        "at = '2020-01-01 00:00:00+00:00'",
        "target_type = 'x.y'",
        "target_id = 0",
        "unit_id = NULL",
        "committee_id = NULL",
        "how = 'file'",
        "is_outside = TRUE",
        "reason = 'Påhittat'",
        "details = 'x'",
    ],
)
def test_a_changed_row_is_named_whatever_was_changed(log, change):
    tamper(f"UPDATE audit_reading SET {change} WHERE id = {log[2].pk}", table=TABLE)

    assert faults() == [(log[2].pk, "Innehållet stämmer inte med radens kontrollsumma.")]


def test_a_row_removed_in_the_middle_is_found(log):
    tamper(f"DELETE FROM audit_reading WHERE id = {log[2].pk}", table=TABLE)

    assert faults() == [(log[4].pk, "Läsning 2 av Karin Ek saknas före raden.")]


def test_rows_removed_at_the_end_are_found(log, karin):
    tamper(f"DELETE FROM audit_reading WHERE id = {log[4].pk}", table=TABLE)

    assert faults() == [(0, f"Person {karin.pk} ska ha 3 läsningar, och den sista är en annan.")]


def test_all_of_one_person_removed_with_the_end_of_the_chain_is_found_by_the_seal(log, karin, clock):
    clock.move_to(datetime(2026, 3, 17, 4, 0, tzinfo=ZoneInfo("Europe/Stockholm")))
    seal_readings(by=karin, day=date(2026, 3, 17))

    tamper(f"DELETE FROM audit_reading WHERE person_id = {karin.pk}", table=TABLE)
    execute(f"DELETE FROM audit_readchain WHERE person_id = {karin.pk}")

    assert faults() == [(0, "Läsningarna den 2026-03-16 är inte de som förseglades.")]


def test_a_seal_that_is_removed_is_missed_by_the_other_log(log, karin, clock):
    clock.move_to(datetime(2026, 3, 17, 4, 0, tzinfo=ZoneInfo("Europe/Stockholm")))
    seal_readings(by=karin, day=date(2026, 3, 17))

    tamper("DELETE FROM audit_readseal", table="audit_readseal")

    assert faults() == [(0, "Ett sigill som ändringsloggen nämner saknas.")]


def test_every_day_that_has_passed_is_sealed_once(unit, karin, clock):
    log_readings([read(unit)], by=karin)
    clock.move_to(datetime(2026, 3, 18, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm")))
    log_readings([read(unit), read(unit)], by=karin)
    clock.move_to(datetime(2026, 3, 21, 4, 0, tzinfo=ZoneInfo("Europe/Stockholm")))

    sealed = [seal_readings(by=karin, day=date(2026, 3, 21)) for _ in range(2)]

    assert sealed == [2, 0]
    assert list(ReadSeal.objects.values_list("day", "rows")) == [(date(2026, 3, 16), 1), (date(2026, 3, 18), 2)]
    assert faults() == []


@pytest.mark.parametrize(("hour", "sealed"), [(0, 0), (1, 1)])
def test_the_evening_before_is_not_sealed_in_the_first_hour(unit, karin, clock, hour, sealed):
    log_readings([read(unit)], by=karin)
    clock.move_to(datetime(2026, 3, 17, hour, 5, tzinfo=ZoneInfo("Europe/Stockholm")))

    assert seal_readings(by=karin, day=date(2026, 3, 17)) == sealed


def test_the_command_names_the_rows_of_both_logs(log):
    tamper(f"UPDATE audit_reading SET reason = 'x' WHERE id = {log[1].pk}", table=TABLE)
    out = StringIO()

    with pytest.raises(CommandError, match=r"^Läsloggen är inte hel: 1 fel\.$"):
        call_command("audit", "verify", stdout=out)

    assert out.getvalue().splitlines() == [
        "Ändringsloggen är hel: 0 rader.",
        f"Rad {log[1].pk}: Innehållet stämmer inte med radens kontrollsumma.",
    ]
