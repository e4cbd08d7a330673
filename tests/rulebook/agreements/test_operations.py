from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.organisation.models import Person
from hjulet.rulebook.agreements import operations
from hjulet.rulebook.agreements.models import Agreement, AgreementStep
from hjulet.rulebook.agreements.queries import agreements_visible_to, uncovered
from hjulet.rulebook.agreements.states import AgreementState as S
from tests.factories import committee, group, municipality, person, provider, unit
from tests.rulebook.agreements.walks import (
    TODAY,
    agreement_at,
    basis,
    draft,
    in_force,
    party,
    requirement,
    terminate,
)
from tests.rulebook.laws.walks import law, provision, supersede

pytestmark = pytest.mark.django_db


def verbs(row):
    rows = Event.objects.filter(target_type=row._meta.label_lower, target_id=str(row.pk)).order_by("number")
    return list(rows.values_list("verb", flat=True))


def test_drafted_changed_and_logged(home_care, manager):
    agreement = draft(manager, home_care)
    operations.change_agreement(agreement, by=manager, revision=1, title="Nytt namn", purpose=agreement.purpose)
    operations.change_agreement(agreement, by=manager, revision=2, title="Nytt namn")

    assert (agreement.title, agreement.revision) == ("Nytt namn", 2)
    assert verbs(agreement) == ["agreement.drafted", "agreement.changed"]
    with pytest.raises(EditConflict):
        operations.change_agreement(agreement, by=manager, revision=1, title="Mitt namn")


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"valid_to": date(2024, 12, 31)}, "Slutdatum ska vara samma dag som startdatum eller senare."),
        (
            {"valid_to": date(2026, 12, 31), "notice_date": date(2027, 1, 1)},
            "Sista dagen att säga upp eller förlänga ligger före slutdatum.",
        ),
        ({"owner_role": "employee", "owner_person": True}, "Välj en person eller en roll som ansvarig, inte båda."),
    ],
)
def test_what_cannot_be_is_refused_with_words(home_care, manager, given, fault):
    given = {name: manager if value is True else value for name, value in given.items()}

    with pytest.raises(ValidationError) as error:
        draft(manager, home_care, **given)

    assert fault in error.value.messages
    assert Agreement.objects.count() == 0


def test_the_database_says_no_on_its_own(home_care, manager):
    agreement = in_force(manager, home_care)

    for fields in ({"valid_from": None}, {"ended_date": TODAY}, {"state": S.REPLACED, "ended_date": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(**fields)


def test_steps_stay_as_written(home_care, manager):
    agreement = in_force(manager, home_care)

    for statement in ("UPDATE rulebook_agreementstep SET reason = ''", "DELETE FROM rulebook_agreementstep"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AgreementStep.objects.filter(agreement=agreement).count() == 1


def test_given_notice_holds_to_its_last_day(home_care, manager):
    agreement = terminate(in_force(manager, home_care, notice_date=date(2026, 5, 1)), manager)

    assert (agreement.state, agreement.valid_to, agreement.ended_date, agreement.notice_date) == (
        S.TERMINATED,
        date(2026, 6, 30),
        date(2026, 6, 30),
        None,
    )
    held = [list(Agreement.objects.holding(day)) for day in (date(2026, 6, 30), date(2026, 7, 1))]
    assert held == [[agreement], []]
    with pytest.raises(ValidationError, match="Sista dagen kan inte ligga före startdagen"):
        terminate(in_force(manager, home_care), manager, valid_to=date(2024, 1, 1))


def test_a_successor_takes_over_when_it_is_put_in_force(home_care, manager):
    old = in_force(manager, home_care, owner_role="unit_manager", valid_to=date(2026, 12, 31))
    requirement(old, manager, text="Möte varje månad.", is_critical=True)
    operations.take_out_requirement(requirement(old, manager, order=2), by=manager, reason="Görs inte.")

    new = operations.renew_agreement(old, by=manager)
    copied = [
        [row.name for row in new.parties.all()],
        [(row.text, row.is_critical) for row in new.requirements.all()],
        (new.owner_role, new.valid_from, new.valid_to),
    ]
    assert copied == [["Regionen"], [("Möte varje månad.", True)], ("unit_manager", None, None)]
    assert (old.state, old.successor) == (S.IN_FORCE, new)
    with pytest.raises(Refused, match="Ett nytt avtal är redan påbörjat"):
        operations.renew_agreement(old, by=manager)

    operations.change_agreement(new, by=manager, revision=new.revision, valid_from=date(2027, 1, 1))
    operations.put_in_force(new, by=manager)

    old.refresh_from_db()
    step = old.steps.last()
    assert (old.state, old.ended_date, step.reason) == (S.REPLACED, TODAY, f"Ersatt av {new.title}.")
    assert verbs(old)[-2:] == ["agreement.changed", "agreement.replace"]


@pytest.fixture
def developer(home_care):
    return person("Disa Falk", quality_developer=home_care.committee)


def test_what_it_rests_on_is_chosen_changed_and_logged(home_care, manager, developer):
    of = law(developer)
    first, second = provision(developer, of), provision(developer, of, "7 kap. 1 §")
    agreement = draft(manager, home_care, provisions=[first])

    operations.change_agreement(agreement, by=manager, revision=1, provisions=[first, second])
    operations.change_agreement(agreement, by=manager, revision=2, provisions=[second, first])
    operations.change_agreement(agreement, by=manager, revision=2, renewal="Ett år i taget.")

    event = Event.objects.filter(verb="agreement.changed").order_by("number").first()
    agreement.refresh_from_db()
    assert (agreement.revision, list(agreement.provisions.order_by("pk"))) == (3, [first, second])
    assert verbs(agreement) == ["agreement.drafted", "agreement.changed", "agreement.changed"]
    assert (event.before, event.after) == (
        {"provisions": "3 kap. 3 § SoL (2001:453)"},
        {"provisions": "3 kap. 3 § SoL (2001:453), 7 kap. 1 § SoL (2001:453)"},
    )
    with pytest.raises(EditConflict):
        operations.change_agreement(agreement, by=manager, revision=1, provisions=[])


def test_a_successor_rests_on_the_same(home_care, manager, developer):
    asked = provision(developer, law(developer))
    successor = operations.renew_agreement(in_force(manager, home_care, provisions=[asked]), by=manager)

    assert list(successor.provisions.all()) == [asked]


@pytest.mark.parametrize(
    ("state", "asked"), [(S.DRAFT, True), (S.IN_FORCE, True), (S.ENDED, False), (S.TERMINATED, False)]
)
def test_a_provision_that_ceases_asks_for_a_review_of_what_still_counts(home_care, manager, developer, state, asked):
    ceases = provision(developer, law(developer))
    agreement = agreement_at(state, manager, home_care, provisions=[ceases], owner_role="unit_manager")
    in_force(manager, home_care, title="Om annat")

    reviews = supersede(ceases, developer)

    told = [(one.target, one.unit, one.owner_role, one.title) for one in reviews]
    assert told == ([(agreement, home_care, "unit_manager", agreement.title)] if asked else [])


def test_a_successor_that_came_to_nothing_leaves_room_for_another(home_care, manager):
    old = in_force(manager, home_care)
    operations.end_agreement(operations.renew_agreement(old, by=manager), by=manager, reason="Ingen enighet.")

    assert operations.renew_agreement(old, by=manager).state == S.DRAFT


def test_replaced_only_by_one_that_holds_in_the_same_committee(home_care, manager):
    agreement = in_force(manager, home_care)
    other = unit(committee("Äldrenämnden"), "Hemtjänst Syd")
    elsewhere = in_force(person("Ola Berg", unit_manager=other), other)

    for successor, fault in (
        (agreement, "Välj ett annat avtal som gäller."),
        (draft(manager, home_care), "Välj ett annat avtal som gäller."),
        (elsewhere, "Välj ett avtal i samma nämnd."),
    ):
        with pytest.raises(Refused, match=fault):
            operations.replace_agreement(agreement, by=manager, reason="Nytt.", successor=successor)


def test_parties_and_requirements_are_taken_out_and_kept(home_care, manager):
    agreement = in_force(manager, home_care)
    first = agreement.parties.get()
    with pytest.raises(Refused, match="Avtalet gäller och ska ha minst en part"):
        operations.take_out_party(first, by=manager, reason="De går ur.")

    second = party(agreement, manager, name="Föreningen", kind="association")
    operations.take_out_party(first, by=manager, reason="De går ur.")
    rule = requirement(agreement, manager)
    operations.change_requirement(rule, by=manager, revision=1, text="Möte inom två veckor.")
    operations.change_party(second, by=manager, revision=1, role="Håller i mötena.")
    operations.take_out_requirement(rule, by=manager, reason="Gäller inte.")

    assert [row.name for row in agreement.parties.standing()] == ["Föreningen"]
    assert (list(agreement.requirements.standing()), rule.ended_date) == ([], TODAY)
    with pytest.raises(Refused, match="Raden togs bort 2026-03-16."):
        operations.change_requirement(rule, by=manager, revision=rule.revision, text="Åter.")
    assert verbs(agreement)[3:] == [
        "agreement.party_added",
        "agreement.party_taken_out",
        "agreement.requirement_added",
        "agreement.requirement_changed",
        "agreement.party_changed",
        "agreement.requirement_taken_out",
    ]


@pytest.mark.parametrize("state", [S.ENDED, S.TERMINATED, S.REPLACED])
def test_what_is_over_is_not_changed(home_care, manager, state):
    agreement = agreement_at(state, manager, home_care)
    word = agreement.get_state_display().lower()

    for change in (
        lambda: operations.change_agreement(agreement, by=manager, revision=agreement.revision, title="Ny"),
        lambda: party(agreement, manager),
        lambda: requirement(agreement, manager),
        lambda: operations.change_party(agreement.parties.first(), by=manager, revision=1, name="Ny"),
    ):
        with pytest.raises(Refused, match=f"Avtalet är {word} och ändras inte längre."):
            change()


def test_who_may_only_read_writes_nothing(home_care, manager):
    employee = person("Anna Berg", employee=home_care)
    agreement = in_force(manager, home_care)

    for act in (
        lambda: draft(employee, home_care),
        lambda: operations.change_agreement(agreement, by=employee, revision=1, title="Ny"),
        lambda: party(agreement, employee),
        lambda: requirement(agreement, employee),
        lambda: operations.take_out_party(agreement.parties.get(), by=employee, reason="Nej."),
        lambda: operations.renew_agreement(agreement, by=employee),
        lambda: operations.set_next_follow_up(agreement, by=employee, day=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_several_are_changed_together_or_none(home_care, manager):
    one, two = draft(manager, home_care, title="Ett"), draft(manager, home_care, title="Två")
    assert operations.change_agreements(rows=[one, two], by=manager, owner_role="lawyer") == 2

    operations.end_agreement(two, by=manager, reason="Inget avtal.")
    with pytest.raises(ValidationError, match="Två: Avtalet är avslutat"):
        operations.change_agreements(rows=[one, two], by=manager, owner_role="employee")
    one.refresh_from_db()
    assert one.owner_role == "lawyer"


def test_read_by_all_below_its_unit_and_by_nobody_in_another_committee(home_care, manager):
    director = person("Siv Dir", social_director=home_care.committee)
    for_committee = in_force(director, home_care.committee, title="Nämndens")
    for_unit = in_force(manager, home_care, title="Enhetens")

    def seen_by(somebody):
        return sorted(agreements_visible_to(somebody).values_list("title", flat=True))

    assert seen_by(person("Anna Berg", employee=group(home_care))) == ["Enhetens", "Nämndens"]
    assert seen_by(person("Ola Berg", quality_developer=committee("Äldrenämnden"))) == []
    assert seen_by(person("Rita Revisor", auditor=municipality())) == ["Enhetens", "Nämndens"]
    assert for_committee.unit != for_unit.unit


def test_a_provider_sees_only_agreements_it_is_a_party_to(home_care, manager):
    dragonfly = provider()
    contact = person("Pia Part", provider_contact=dragonfly)
    ours = agreement_at(S.DRAFT, manager, home_care, title="Vårt")
    in_force(manager, home_care, title="Andras")
    municipal = municipality()
    in_force(person("Siv Sys", social_director=municipal), municipal, title="Hela kommunens")
    joined = party(ours, manager, name="Omsorg Exempel AB", kind="private_provider", unit=dragonfly)
    drafted = list(agreements_visible_to(contact))

    operations.put_in_force(ours, by=manager)

    assert (drafted, [row.title for row in agreements_visible_to(contact)]) == ([], ["Vårt"])
    assert joined.unit == dragonfly


def test_the_law_is_met_by_what_holds_anywhere_in_the_municipality(home_care, manager):
    placed, harmful = basis(), basis("harmful_use", "Skadligt bruk")
    agreement = draft(manager, home_care, mandatory_basis=placed)
    party(agreement, manager)
    before = list(uncovered(TODAY))
    operations.put_in_force(agreement, by=manager)

    assert (before, list(uncovered(TODAY))) == ([placed, harmful], [harmful])
    terminate(agreement, manager)
    assert list(uncovered(date(2026, 7, 1))) == [placed, harmful]


def test_follows_when_its_unit_is_reorganised(home_care, manager):
    to = unit(home_care.committee, "Hemtjänst Söder")
    agreement = in_force(manager, home_care)

    operations.relocate_agreement(agreement, by=Person.objects.machine(), to=to, day=TODAY)

    assert (agreement.unit, verbs(agreement)[-1]) == (to, "agreement.relocated")
