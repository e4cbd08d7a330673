from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from hjulet.audit.models import GENESIS, Event
from hjulet.audit.operations import record
from hjulet.audit.queries import faults_of_chain
from tests import factories
from tests.audit.walks import execute, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """Five events."""
    place, person = factories.municipality(), factories.person()
    return [
        record("unit.changed", by=person, target=place, unit=place, after={"number": number}) for number in range(1, 6)
    ]


def faults():
    return [(fault.number, fault.what) for fault in faults_of_chain()]


def test_an_event_says_who_did_what_to_what_and_where():
    unit, person = factories.unit(factories.committee()), factories.person()
    assignment = factories.assign(person, "employee", unit)

    event = record("role.assigned", by=person, target=assignment, before={"a": 1}, after={"b": 2})

    event.refresh_from_db()
    assert (event.number, event.at, event.actor_id, event.actor_name, event.verb) == (
        1,
        datetime(2026, 3, 16, 9, 0, tzinfo=UTC),
        person.pk,
        "Karin Ek",
        "role.assigned",
    )
    assert (event.target_type, event.target_id, event.unit_id, event.before, event.after) == (
        "organisation.roleassignment",
        assignment.pk,
        unit.pk,
        {"a": 1},
        {"b": 2},
    )
    assert event.previous_hash == GENESIS


def test_values_are_kept_as_they_read_without_the_rows_they_came_from():
    unit, person = factories.unit(factories.committee()), factories.person()

    event = record(
        "unit.changed",
        by=person,
        target=unit,
        after={
            "unit": unit,
            "day": date(2026, 3, 16),
            "share": Decimal("97.50"),
            "nothing": Decimal("0.00"),
            "many": {"x"},
            "pair": (1, True),
            "empty": None,
        },
    )

    event.refresh_from_db()
    assert event.after == {
        "unit": {"id": unit.pk, "name": "Hemtjänst Norr"},
        "day": "2026-03-16",
        "share": "97.5",
        "nothing": "0",
        "many": ["x"],
        "pair": [1, True],
        "empty": None,
    }


def test_an_untouched_log_holds(log):
    assert [event.number for event in log] == [1, 2, 3, 4, 5]
    assert [event.previous_hash for event in log] == [GENESIS, *(event.hash for event in log[:-1])]
    assert faults() == []


def test_an_empty_log_holds():
    assert faults() == []


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET actor_name = 'Någon annan'", "DELETE FROM audit_event WHERE number = 5"]
)
def test_the_database_refuses_change_and_removal(log, statement):
    with pytest.raises(DatabaseError, match="audit_event is append-only"), transaction.atomic():
        execute(statement)

    assert Event.objects.count() == 5


@pytest.mark.parametrize(
    "change",
    [
        "actor_name = 'Någon annan'",
        "actor_id = 0",
        "verb = 'unit.closed'",
        "at = '2020-01-01 00:00:00+00:00'",
        "target_type = 'organisation.person'",
        "target_id = 0",
        "unit_id = NULL",
        '"before" = \'{"x": 1}\'',
        '"after" = \'{"number": 4}\'',
    ],
)
def test_a_changed_row_is_found_whatever_was_changed(log, change):
    tamper(f"UPDATE audit_event SET {change} WHERE number = 3")

    assert faults() == [(3, "Innehållet stämmer inte med radens kontrollsumma.")]


def test_a_row_removed_in_the_middle_is_found(log):
    tamper("DELETE FROM audit_event WHERE number = 3")

    assert faults() == [(3, "Raden saknas: numren hoppar till 4.")]


def test_rows_removed_at_the_end_are_found(log):
    tamper("DELETE FROM audit_event WHERE number > 3")

    assert faults() == [(4, "Rader saknas i slutet: loggen ska ha 5 rader.")]


def test_a_wholly_emptied_log_is_found(log):
    tamper("DELETE FROM audit_event")

    assert faults() == [(1, "Rader saknas i slutet: loggen ska ha 5 rader.")]


def test_a_changed_row_with_a_new_checksum_breaks_the_next(log):
    tamper("UPDATE audit_event SET hash = 'ny' WHERE number = 3")

    assert faults() == [
        (3, "Innehållet stämmer inte med radens kontrollsumma."),
        (4, "Raden pekar inte på raden före."),
    ]


def test_a_last_row_written_anew_is_found(log):
    tamper("DELETE FROM audit_event WHERE number = 5")
    execute(f"UPDATE audit_chain SET length = 4, last_hash = '{log[3].hash}'")
    record("unit.closed", by=factories.person("Ola Ek"), target=factories.municipality())
    execute(f"UPDATE audit_chain SET length = 5, last_hash = '{log[4].hash}'")

    assert faults() == [(5, "Raden är inte den som skrevs sist.")]


def test_rows_put_in_beside_the_chain_are_found(log):
    execute(f"UPDATE audit_chain SET length = 4, last_hash = '{log[3].hash}'")

    assert faults() == [(5, "Rader är tillagda vid sidan av: loggen ska ha 4 rader.")]


def test_the_command_says_that_the_log_is_whole(log):
    out = StringIO()

    call_command("audit", "verify", stdout=out)

    assert out.getvalue() == "Ändringsloggen är hel: 5 rader.\nLäsloggen är hel: 0 rader.\n"


def test_the_command_names_every_faulty_row(log):
    tamper("UPDATE audit_event SET verb = 'x' WHERE number = 2", "DELETE FROM audit_event WHERE number = 4")
    out = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("audit", "verify", stdout=out)

    assert out.getvalue().splitlines() == [
        "Rad 2: Innehållet stämmer inte med radens kontrollsumma.",
        "Rad 4: Raden saknas: numren hoppar till 5.",
        "Läsloggen är hel: 0 rader.",
    ]
    assert (str(error.value), error.value.returncode) == ("Ändringsloggen är inte hel: 2 fel.", 1)
