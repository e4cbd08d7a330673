from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.organisation.decisions.operations import record_decision
from hjulet.organisation.decisions.queries import decisions_visible_to
from hjulet.organisation.decisions.rules import may_record, why_not_record
from hjulet.organisation.models import Decision
from tests import factories

pytestmark = pytest.mark.django_db
WHAT = {
    "meeting_date": date(2026, 3, 16),
    "paragraph": "§ 12",
    "registry_number": "SN 2026/34",
    "subject": "Kvalitetsplan 2026",
}


@pytest.fixture
def secretary(committee):
    return factories.person("Nils Nämndsekreterare", committee_secretary=committee)


def test_the_secretary_records_what_was_decided(committee, secretary):
    decision = record_decision(by=secretary, committee=committee, **WHAT)

    assert {field: getattr(decision, field) for field in WHAT} == WHAT
    assert (decision.recorded_by, str(decision)) == (secretary, "Socialnämnden 2026-03-16 § 12")
    event = Event.objects.get()
    assert (event.verb, event.unit_id) == ("decision.recorded", committee.pk)
    assert event.after == {**WHAT, "meeting_date": "2026-03-16"}


@pytest.mark.parametrize("role", ["social_director", "quality_developer", "committee_member", "system_administrator"])
def test_nobody_else_records_and_the_sentence_says_why(committee, role):
    person = factories.person("Dag Direktör", **{role: committee})

    with pytest.raises(PermissionDenied) as refusal:
        record_decision(by=person, committee=committee, **WHAT)

    assert str(refusal.value) == why_not_record(person, committee)
    assert str(refusal.value) == (
        "Bara nämnden själv kan besluta i detta; beslutet får inte delegeras (KL 6 kap. 38 §). "
        "Den som är nämndsekreterare för Socialnämnden för in vad nämnden har beslutat."
    )


def test_the_secretary_of_another_committee_does_not_record(secretary):
    with pytest.raises(PermissionDenied):
        record_decision(by=secretary, committee=factories.committee("Skolnämnden"), **WHAT)


def test_nothing_stands_in_the_secretarys_way(committee, secretary):
    assert may_record(secretary, committee)
    assert why_not_record(secretary, committee) is None


def test_a_meeting_to_come_has_decided_nothing(committee, secretary):
    with pytest.raises(Refused) as refusal:
        record_decision(by=secretary, committee=committee, **WHAT | {"meeting_date": date(2026, 3, 17)})

    assert refusal.value.sentence == "Sammanträdet har inte varit än. För in beslutet när nämnden har beslutat."


def test_only_a_nämnd_decides(committee, secretary):
    with pytest.raises(Refused) as refusal:
        record_decision(by=secretary, committee=factories.unit(committee), **WHAT)

    assert refusal.value.sentence == "Hemtjänst Norr är ingen nämnd. Välj den nämnd som har fattat beslutet."


@pytest.mark.parametrize("field", ["paragraph", "registry_number"])
def test_paragraph_and_registry_number_are_needed(committee, secretary, field):
    with pytest.raises(ValidationError) as error:
        record_decision(by=secretary, committee=committee, **WHAT | {field: "  "})

    assert field in error.value.message_dict


def test_a_decision_stays_as_recorded(committee, secretary):
    decision = record_decision(by=secretary, committee=committee, **WHAT)

    for statement in ("UPDATE organisation_decision SET paragraph = '§ 13'", "DELETE FROM organisation_decision"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(Decision.objects.all()) == [decision]


def test_decisions_are_seen_within_the_committee(committee, secretary):
    other = factories.committee("Skolnämnden")
    decision = record_decision(by=secretary, committee=committee, **WHAT)

    assert list(decisions_visible_to(factories.person("Mia", employee=factories.unit(committee)))) == [decision]
    assert list(decisions_visible_to(factories.person("Ola", employee=factories.unit(other)))) == []
