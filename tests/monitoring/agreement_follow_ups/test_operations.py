from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.monitoring.agreement_follow_ups import operations
from hjulet.monitoring.agreement_follow_ups.models import AgreementFollowUp, Verdict
from hjulet.monitoring.agreement_follow_ups.queries import follow_ups_visible_to
from hjulet.rulebook.agreements.operations import change_requirement, end_agreement, put_in_force
from tests.factories import committee, person, provider
from tests.monitoring.agreement_follow_ups.walks import NEXT, TODAY, agreement_with_requirements, record
from tests.rulebook.agreements.walks import draft, party, requirement

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(home_care, manager):
    return agreement_with_requirements(manager, home_care)


def verdicts(follow_up):
    return [(row.text, row.is_critical, row.verdict, row.note) for row in follow_up.verdicts.all()]


def test_recorded_with_a_verdict_of_each_requirement(manager, agreement):
    follow_up = record(agreement, manager)

    agreement.refresh_from_db()
    event = Event.objects.get(verb="agreementfollowup.recorded")
    assert verdicts(follow_up) == [
        ("Besök görs i tid.", True, Verdict.NOT, "Var femte besök är sent."),
        ("Plan finns för alla.", False, Verdict.FULFILLED, ""),
    ]
    assert (follow_up.by, agreement.next_follow_up_date) == (manager, NEXT)
    assert event.after["verdicts"] == {"not": 1, "fulfilled": 1}


def test_what_was_not_looked_at_has_no_verdict(manager, agreement):
    assert verdicts(record(agreement, manager, opinions={})) == []


def test_a_verdict_keeps_the_words_the_requirement_had(manager, agreement):
    follow_up = record(agreement, manager)
    change_requirement(agreement.requirements.first(), by=manager, revision=1, text="Besök görs på minuten.")

    assert verdicts(follow_up)[0][0] == "Besök görs i tid."


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"done_date": date(2026, 3, 17)}, "Uppföljningen kan inte vara gjord en dag som inte har varit."),
        ({"next_follow_up_date": TODAY}, "Nästa uppföljning är efter den här."),
        ({"summary": ""}, "Detta fält får inte vara tomt."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(manager, agreement, given, fault):
    with pytest.raises(ValidationError) as error:
        record(agreement, manager, **given)

    assert (error.value.messages, AgreementFollowUp.objects.count()) == ([fault], 0)


def test_a_lack_is_explained(manager, agreement):
    first = agreement.requirements.first()

    with pytest.raises(ValidationError, match="Skriv vad som brister."):
        record(agreement, manager, opinions={first: (Verdict.PARTLY, " ")})
    assert AgreementFollowUp.objects.count() == 0


def test_a_requirement_of_another_agreement_is_not_judged(home_care, manager, agreement):
    other = requirement(draft(manager, home_care), manager)

    with pytest.raises(ValidationError, match="Kravet hör till ett annat avtal."):
        record(agreement, manager, opinions={other: (Verdict.FULFILLED, "")})


def test_only_what_is_in_force_is_followed_up(home_care, manager):
    ended = end_agreement(draft(manager, home_care), by=manager, reason="Inget avtal.")

    for agreement in (draft(manager, home_care), ended):
        with pytest.raises(Refused, match="Bara ett avtal som gäller följs upp."):
            record(agreement, manager, opinions={})


def test_followed_up_by_whoever_was_made_responsible_and_by_nobody_else(home_care, manager):
    anna, bo = (person(name, employee=home_care) for name in ("Anna Berg", "Bo Ny"))
    agreement = agreement_with_requirements(manager, home_care, owner_person=anna)

    assert record(agreement, anna).by == anna
    with pytest.raises(PermissionDenied):
        record(agreement, bo)


def test_stays_as_written(manager, agreement):
    record(agreement, manager)

    for table in ("monitoring_agreementfollowup", "monitoring_requirementverdict"):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    assert AgreementFollowUp.objects.count() == 1


def test_a_lack_becomes_an_action_in_the_agreements_unit(home_care, manager, agreement):
    lacking, met = record(agreement, manager).verdicts.all()

    given = {"title": "Kom i tid", "description": "Nytt schema.", "due_date": date(2026, 6, 1)}
    action = operations.plan_action_from(lacking, by=manager, **given)

    assert (list(lacking.actions.all()), action.unit) == ([action], home_care)
    assert Event.objects.filter(verb="agreementfollowup.action_planned").count() == 1
    with pytest.raises(Refused, match="Kravet är uppfyllt."):
        operations.plan_action_from(met, by=manager, **given)
    with pytest.raises(PermissionDenied):
        operations.plan_action_from(lacking, by=person("Rita Revisor", auditor=home_care.committee), **given)


def test_seen_by_whoever_sees_the_agreement(home_care, manager):
    dragonfly = provider()
    contact = person("Pia Part", provider_contact=dragonfly)
    agreement = draft(manager, home_care)
    party(agreement, manager, name="Omsorg Exempel AB", kind="private_provider", unit=dragonfly)
    follow_up = record(put_in_force(agreement, by=manager), manager, opinions={})
    other = person("Ola Berg", quality_developer=committee("Äldrenämnden"))
    developer = person("Kim Kvalitet", quality_developer=home_care.committee)

    seen = [list(follow_ups_visible_to(somebody)) for somebody in (contact, developer, other)]
    assert seen == [[follow_up], [follow_up], []]
