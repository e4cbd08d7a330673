from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.rulebook.models import ReadingRequest, ReadReceipt
from hjulet.rulebook.receipts import operations, rules
from tests.factories import assign, committee, group, person, unit
from tests.rulebook.receipts.walks import DUE, TODAY, ask, followed, version_in_force

pytestmark = pytest.mark.django_db


def refusal(operation, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        operation(*args, **kwargs)
    return str(refused.value.sentence)


def test_owner_asks_all_units_that_the_document_is_for(board):
    north, south = unit(board, "Norr"), unit(board, "Syd")
    owner = person("Olle Ek", staff_strategist=board)
    version = version_in_force(board, owner=owner)
    version.document.applies_to.set([south, north])

    asked = operations.ask_to_read(version, by=owner, due_date=DUE, roles=["employee"])

    assert [(row.unit, row.roles, row.due_date, row.asked_date) for row in asked] == [
        (north, ["employee"], DUE, TODAY),
        (south, ["employee"], DUE, TODAY),
    ]


def test_without_units_of_its_own_the_document_is_read_where_it_lies(board, version):
    developer = person(quality_developer=board)

    (asked,) = operations.ask_to_read(version, by=developer, due_date=DUE)

    assert (asked.unit, asked.roles) == (board, [])


def test_whoever_runs_the_unit_asks_there(board, home_care, version):
    may = {
        "chef": person("A Ek", unit_manager=home_care),
        "kvalitetsutvecklare": person("B Ek", quality_developer=board),
        "annan chef": person("C Ek", unit_manager=unit(board, "Annan")),
        "medarbetare": person("D Ek", employee=home_care),
        "gruppchef": person("E Ek", group_manager=home_care),
        "ledamot": person("F Ek", committee_member=board),
    }

    assert {name for name, who in may.items() if rules.may_ask(who, version.document, home_care)} == {
        "chef",
        "kvalitetsutvecklare",
    }
    with pytest.raises(PermissionDenied):
        ask(version, may["medarbetare"], home_care)


def test_nobody_asks_where_the_document_does_not_bind(board, home_care, manager):
    elsewhere = version_in_force(unit(board, "Annan"))

    with pytest.raises(PermissionDenied):
        ask(elsewhere, manager, home_care)


def test_asked_once_at_a_time_of_a_version_in_force_by_a_day_to_come(board, home_care, manager, version):
    earlier = version_in_force(board, title="Äldre")
    followed(earlier)
    ask(version, manager, home_care)

    assert refusal(ask, version, manager, home_care) == (
        "Den här versionen ska redan läsas i Hemtjänst Norr. Ta tillbaka den begäran först."
    )
    assert refusal(ask, earlier, manager, home_care) == "Den här versionen gäller inte längre."
    late = version_in_force(board, title="Ny")
    assert refusal(ask, late, manager, home_care, due_date=date(2026, 3, 15)) == "Välj en dag som inte har varit."


def test_reading_is_written_once_with_the_unit_and_the_role_that_were_asked(board, home_care, manager, version):
    first = group(home_care)
    anna = person("Anna Berg", employee=first)
    assign(anna, "staff_strategist", board)
    ask(version, manager, home_care, roles=["employee"])

    receipt = operations.confirm_reading(version, by=anna)

    assert (receipt.person, receipt.unit, receipt.role, receipt.read_date) == (anna, first, "employee", TODAY)
    assert refusal(operations.confirm_reading, version, by=anna) == (
        "Du har redan bekräftat att du har läst, den 2026-03-16."
    )
    assert Event.objects.latest("number").verb == "readreceipt.written"
    for change in (lambda: ReadReceipt.objects.update(role="lawyer"), ReadReceipt.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_read_without_being_asked_but_never_from_where_it_does_not_bind(board, home_care, version):
    anna = person("Anna Berg", employee=home_care)
    stranger = person("Finn Annan", employee=unit(committee("Äldrenämnden"), "Syd"))

    assert operations.confirm_reading(version, by=anna).unit == home_care
    with pytest.raises(PermissionDenied):
        operations.confirm_reading(version, by=stranger)


def test_several_at_once_are_all_confirmed_or_none(board, home_care, manager, version):
    anna = person("Anna Berg", employee=home_care)
    both = [ask(version, manager, home_care), ask(version_in_force(board, title="Annan"), manager, home_care)]

    assert operations.confirm_readings(by=anna, requests=both) == 2
    third = ask(version_in_force(board, title="Tredje"), manager, home_care)
    with pytest.raises(ValidationError):
        operations.confirm_readings(by=anna, requests=[third, both[0]])
    assert ReadReceipt.objects.count() == 2


def test_withdrawn_with_a_reason_and_asked_anew(home_care, manager, version):
    asked = ask(version, manager, home_care)

    with pytest.raises(ValidationError):
        operations.withdraw_request(asked, by=manager, reason=" ")
    operations.withdraw_request(asked, by=manager, reason="Fel enhet.")

    assert (asked.withdrawn_date, asked.withdrawn_reason) == (TODAY, "Fel enhet.")
    assert refusal(operations.withdraw_request, asked, by=manager, reason="Igen.") == (
        "Begäran är redan tagen tillbaka."
    )
    with pytest.raises(PermissionDenied):
        operations.withdraw_request(
            ask(version, manager, home_care), by=person("Anna Berg", employee=home_care), reason="Nej."
        )
    assert ReadingRequest.objects.count() == 2
