from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.organisation.delegations import operations
from hjulet.organisation.delegations.models import DelegatedDecision, Delegation
from hjulet.organisation.delegations.queries import (
    delegated_decisions_visible_to,
    delegations_for,
    delegations_visible_to,
)
from hjulet.organisation.delegations.states import Standing
from hjulet.organisation.deputies.operations import give_deputy
from hjulet.organisation.models import Decision
from tests import factories
from tests.organisation.delegations.walks import AT_THE_MEETING, DECIDED, ROW, in_force, proposed, secretary_of, taken

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def secretary(committee):
    return secretary_of(committee)


@pytest.fixture
def north(committee):
    return factories.unit(committee)


@pytest.fixture
def head(north):
    person = factories.person("Karin Ek", unit_manager=north)
    person.title = "Enhetschef hemtjänst"
    person.save()
    return person


def test_a_proposal_gives_nobody_any_power(committee, secretary, north, head):
    delegation = proposed(committee, secretary)

    assert {name: getattr(delegation, name) for name in ROW} == ROW
    assert (str(delegation), delegation.standing) == ("5.1 Anställa personal", Standing.PROPOSED)
    assert list(delegations_for(head, north, DAY)) == []
    assert Event.objects.values_list("verb", "unit_id").get() == ("delegation.proposed", committee.pk)


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        ("quality_developer", "committee", True),
        ("quality_developer", "unit", True),
        ("system_administrator", "municipality", True),
        ("committee_secretary", "committee", True),
        ("social_director", "committee", False),
        ("unit_manager", "unit", False),
        ("committee_member", "committee", False),
    ],
)
def test_who_may_propose(committee, north, role, at, may):
    place = {"committee": committee, "unit": north, "municipality": factories.municipality()}[at]
    person = factories.person("Någon", **{role: place})

    if may:
        assert proposed(committee, person).committee == committee
    else:
        with pytest.raises(PermissionDenied):
            proposed(committee, person)


def test_nobody_of_another_committee_proposes(committee):
    other = factories.committee("Äldrenämnden")
    person = factories.person("Grann", quality_developer=other, committee_secretary=other)

    with pytest.raises(PermissionDenied):
        proposed(committee, person)


def test_only_a_committee_delegates(north):
    person = factories.person("Siv", system_administrator=factories.municipality())

    with pytest.raises(Refused, match="Hemtjänst Norr är ingen nämnd"):
        proposed(north, person)


def test_what_may_not_be_delegated_names_no_role(committee, secretary):
    with pytest.raises(Refused) as refusal:
        proposed(committee, secretary, is_delegable=False)
    assert refusal.value.sentence == "Beslutet får inte delegeras: nämnden beslutar själv, och ingen roll kan väljas."

    with pytest.raises(Refused, match="Välj vilken roll som får besluta"):
        proposed(committee, secretary, role="")

    kept = proposed(committee, secretary, is_delegable=False, role="")
    assert (kept.standing, kept.must_be_reported) == (Standing.NOT_DELEGABLE, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=kept.pk).update(role="unit_manager")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=proposed(committee, secretary).pk).update(is_delegable=False)


def test_the_five_points_of_the_law_are_added_once(committee, secretary):
    assert operations.add_what_is_not_delegable(committee, by=secretary) == 5
    assert operations.add_what_is_not_delegable(committee, by=secretary) == 0

    rows = committee.delegations.values_list("code", "role", "is_delegable", "must_be_reported")
    assert list(rows.order_by("sort_key")) == [(f"0.{number}", "", False, False) for number in range(1, 6)]
    first, *others = committee.delegations.order_by("sort_key")
    assert first.title == "Verksamhetens mål, inriktning, omfattning eller kvalitet"
    assert {row.conditions for row in others} == {"Kontrollera lydelsen mot kommunallagen innan raden används."}


def test_a_proposal_is_changed_until_the_committee_decides(committee, secretary):
    delegation = proposed(committee, secretary)
    changed = ROW | {"title": "Anställa vikarier", "code": "5.10"}

    operations.change_proposal(delegation, by=secretary, revision=1, **changed)

    assert (delegation.title, delegation.sort_key) == ("Anställa vikarier", "0005.0010")
    with pytest.raises(EditConflict):
        operations.change_proposal(delegation, by=secretary, revision=1, **changed)
    operations.adopt_delegations(committee, by=secretary, **AT_THE_MEETING)
    with pytest.raises(Refused, match="Raden är beslutad av nämnden"):
        operations.change_proposal(delegation, by=secretary, revision=3, **changed)


def test_a_withdrawn_proposal_is_not_adopted(committee, secretary):
    delegation = proposed(committee, secretary)

    operations.withdraw_proposal(delegation, by=secretary)

    assert delegation.standing == Standing.WITHDRAWN
    with pytest.raises(Refused, match="Det finns inget förslag att besluta om"):
        operations.adopt_delegations(committee, by=secretary, **AT_THE_MEETING)
    with pytest.raises(Refused, match="Förslaget är tillbakadraget"):
        operations.withdraw_proposal(delegation, by=secretary)


def test_what_the_committee_decides_holds_from_its_day(committee, secretary, north, head):
    early = proposed(committee, secretary, code="5.2", valid_from=date(2026, 1, 1))

    delegation = in_force(committee, secretary)

    early.refresh_from_db()
    assert (delegation.valid_from, early.valid_from) == (date(2026, 2, 1), date(2026, 1, 28))
    assert (str(delegation.decision), delegation.decision.subject) == (
        "Socialnämnden 2026-01-28 § 7",
        "Delegationsordning",
    )
    assert [list(delegations_for(head, north, date(2026, 1, day))) for day in (27, 28, 31)] == [[], [early], [early]]
    assert list(delegations_for(head, north, date(2026, 2, 1))) == [delegation, early]
    assert list(delegations_for(head, north, DAY, "5.1")) == [delegation]


def test_only_the_secretary_records_the_adoption(committee, secretary):
    proposed(committee, secretary)

    with pytest.raises(PermissionDenied):
        operations.adopt_delegations(
            committee, by=factories.person("Kim", quality_developer=committee), **AT_THE_MEETING
        )
    assert list(Decision.objects.all()) == []


def test_a_change_ends_what_it_replaces(committee, secretary):
    first, other = in_force(committee, secretary), in_force(committee, secretary, code="5.3")
    change = proposed(committee, secretary, role="group_manager", replaces=first, valid_from=date(2026, 3, 1))
    again = proposed(committee, secretary, code="5.3", valid_from=date(2026, 4, 1))

    with pytest.raises(Refused, match="Det finns redan ett förslag till ändring"):
        proposed(committee, secretary, replaces=first)
    operations.adopt_delegations(committee, by=secretary, **AT_THE_MEETING)

    for row in (first, other, change, again):
        row.refresh_from_db()
    assert (first.valid_to, other.valid_to) == (date(2026, 2, 28), date(2026, 3, 31))
    assert [row.standing for row in (first, other, change, again)] == [
        Standing.ENDED,
        Standing.IN_FORCE,
        Standing.IN_FORCE,
        Standing.COMING,
    ]


def test_the_same_power_stands_once(committee, secretary):
    delegation = in_force(committee, secretary)

    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            committee=committee, decision=delegation.decision, **ROW | {"valid_from": date(2026, 5, 1)}
        )


def test_ending_is_for_what_was_decided(committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    proposal = proposed(committee, secretary, code="9.9")

    with pytest.raises(Refused, match="Dra tillbaka förslaget i stället"):
        operations.end_delegation(proposal, by=secretary, valid_to=date(2026, 3, 20))
    with pytest.raises(Refused, match="Välj en dag från och med i går"):
        operations.end_delegation(delegation, by=secretary, valid_to=date(2026, 3, 14))
    with pytest.raises(PermissionDenied):
        operations.end_delegation(
            delegation, by=factories.person("Kim", quality_developer=committee), valid_to=date(2026, 3, 20)
        )
    operations.end_delegation(delegation, by=secretary, valid_to=date(2026, 3, 15))

    assert delegation.standing == Standing.ENDED
    assert list(delegations_for(head, north, date(2026, 3, 15))) == [delegation]
    assert list(delegations_for(head, north, date(2026, 3, 16))) == []
    with pytest.raises(Refused, match="redan avslutad: sista dagen är 2026-03-15"):
        operations.end_delegation(delegation, by=secretary, valid_to=date(2026, 3, 20))


def test_who_decides_where(committee, secretary, north, head):
    """The holder of the role in the unit or above it, in that nämnd and while it is held; nobody beside or below."""
    delegation = in_force(committee, secretary)
    south, group = factories.unit(committee, "Hemtjänst Söder"), factories.group(north)
    other = factories.committee("Äldrenämnden")
    factories.assign(head, "unit_manager", factories.unit(other, "Boende"))

    def may(person, unit, day=DAY):
        return list(delegations_for(person, unit, day)) == [delegation]

    assert [may(head, unit) for unit in (north, group, south, committee, other)] == [True, True, False, False, False]
    former = factories.person("Före Detta")
    factories.assign(former, "unit_manager", north, valid_to=date(2026, 3, 1))
    assert (may(former, north), may(former, north, date(2026, 3, 1))) == (False, True)
    assert may(factories.person("Ann", employee=north), north) is False


def test_a_decision_is_recorded_with_the_words_of_the_day(committee, secretary, north, head):
    delegation = in_force(committee, secretary)

    delegated = taken(delegation, head, north, reasons=" Tjänsten är vakant. ", target=north)

    head.name, head.title = "Karin Berg", "Områdeschef"
    head.save()
    Delegation.objects.filter(pk=delegation.pk).update(title="Något annat")
    delegated.refresh_from_db()
    assert {name: getattr(delegated, name) for name in DECIDED} == DECIDED
    assert (delegated.decided_by_name, delegated.decided_by_title) == ("Karin Ek", "Enhetschef hemtjänst")
    assert delegated.delegation_text == "5.1 Anställa personal – Enhetschef (Socialnämnden 2026-01-28 § 7)"
    assert (delegated.reasons, delegated.target, delegated.must_be_reported) == ("Tjänsten är vakant.", north, True)
    assert Event.objects.filter(verb="delegateddecision.taken").values_list("actor_id", "unit_id").get() == (
        head.pk,
        north.pk,
    )


def test_no_decision_outside_the_time(committee, secretary, north, head):
    delegation = in_force(committee, secretary)

    for day, sentence in (
        (date(2026, 3, 17), "Beslutet kan inte ha fattats efter i dag."),
        (date(2026, 1, 31), "5.1 Anställa personal gäller inte 2026-01-31."),
    ):
        with pytest.raises(Refused) as refusal:
            taken(delegation, head, north, decided_on=day)
        assert refusal.value.sentence == sentence


def test_no_decision_without_the_role_or_in_another_committee(committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    away = factories.unit(factories.committee("Äldrenämnden"), "Boende")

    with pytest.raises(Refused) as refusal:
        taken(delegation, secretary, north)
    assert refusal.value.sentence == "Bara enhetschef för Hemtjänst Norr får besluta enligt 5.1 Anställa personal."
    with pytest.raises(Refused) as refusal:
        taken(delegation, head, away)
    assert refusal.value.sentence == ("5.1 Anställa personal är delegerat av Socialnämnden och gäller inte i Boende.")
    with pytest.raises(Refused, match="gäller inte"):
        taken(proposed(committee, secretary, code="9"), head, north)
    assert list(DelegatedDecision.objects.all()) == []


def test_registry_number_and_subject_are_needed(committee, secretary, north, head):
    delegation = in_force(committee, secretary)

    with pytest.raises(ValidationError) as error:
        taken(delegation, head, north, subject=" ", registry_number=" ")

    assert sorted(error.value.message_dict) == ["registry_number", "subject"]


def test_a_deputy_decides_in_the_holders_place(committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    deputy = factories.person("Tove Tillfällig", employee=north)
    today = date(2026, 3, 16)
    give_deputy(head.role_assignments.get(), by=head, person=deputy, valid_from=today, valid_to=date(2026, 3, 20))

    delegated = taken(delegation, deputy, north, decided_on=today)

    assert delegated.decided_by_name == "Tove Tillfällig, i stället för Karin Ek"
    assert list(delegations_for(deputy, north, today)) == [delegation]
    assert list(delegations_for(deputy, north, DAY)) == []


def test_what_was_decided_and_reported_stays(committee, secretary, north, head):
    delegated = taken(in_force(committee, secretary), head, north)
    operations.report_to_committee([delegated], by=secretary, **AT_THE_MEETING | {"meeting_date": date(2026, 3, 10)})

    for statement in (
        "UPDATE organisation_delegateddecision SET subject = 'x'",
        "DELETE FROM organisation_delegateddecision",
        "UPDATE organisation_meetingreport SET meeting_id = meeting_id",
        "DELETE FROM organisation_meetingreport",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    delegated.refresh_from_db()
    assert str(delegated.reported_in) == "Socialnämnden 2026-03-10 § 7"


def test_reporting_is_all_or_nothing(committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    first, second = taken(delegation, head, north), taken(delegation, head, north, registry_number="SN 2")
    quiet = taken(in_force(committee, secretary, code="6", must_be_reported=False), head, north)
    told = AT_THE_MEETING | {"meeting_date": date(2026, 3, 10)}

    with pytest.raises(PermissionDenied):
        operations.report_to_committee([first], by=head, **told)
    with pytest.raises(Refused, match="behöver inte anmälas"):
        operations.report_to_committee([first, quiet], by=secretary, **told)
    assert first.reported_in is None
    assert operations.report_to_committee([first, second], by=secretary, **told) == 2

    assert list(DelegatedDecision.objects.unreported()) == []
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.reported_in == second.reported_in == Decision.objects.get(subject="Anmälan av delegationsbeslut")
    with pytest.raises(Refused, match="redan anmält"):
        operations.report_to_committee([first], by=secretary, **told)


def test_a_meeting_is_of_one_committee(committee, secretary, north, head):
    other = factories.committee("Äldrenämnden")
    factories.assign(secretary, "committee_secretary", other)
    away = factories.unit(other, "Boende")
    factories.assign(head, "unit_manager", away)
    rows = [taken(in_force(where, secretary), head, unit) for where, unit in ((committee, north), (other, away))]

    with pytest.raises(Refused, match="Välj beslut från en nämnd i taget"):
        operations.report_to_committee(rows, by=secretary, **AT_THE_MEETING | {"meeting_date": date(2026, 3, 10)})


def test_everything_is_seen_within_the_committee(committee, secretary, north, head):
    other = factories.committee("Äldrenämnden")
    delegation = in_force(committee, secretary)
    delegated = taken(delegation, head, north)
    colleague = factories.person("Mia", employee=factories.unit(committee, "Hemtjänst Söder"))
    stranger = factories.person("Ola", employee=other)

    assert list(delegations_visible_to(colleague)) == [delegation]
    assert list(delegated_decisions_visible_to(colleague)) == [delegated]
    assert list(delegations_visible_to(stranger)) == []
    assert list(delegated_decisions_visible_to(stranger)) == []


def test_rows_come_in_the_order_of_their_numbers(committee, secretary):
    for code in ("5.10", "5.9", "10", "5"):
        proposed(committee, secretary, code=code)

    codes = delegations_visible_to(secretary).order_by(F("sort_key").asc()).values_list("code", flat=True)

    assert list(codes) == ["5", "5.9", "5.10", "10"]
