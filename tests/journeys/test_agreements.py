"""A provider's contract is looked at, and what is lacking becomes an action."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hjulet.rulebook.agreements import operations as agreements
from hjulet.rulebook.models import AgreementKind
from tests import factories
from tests.journeys.beginnings import given_an_empty_installation, given_someone

TODAY = timezone.localdate()
TITLE = "Hemtjänst i valfrihetssystemet, Exempel AB"


@pytest.fixture
def home_care():
    committee = given_an_empty_installation("Socialnämnden").committees[0]
    return factories.unit(committee, "Hemtjänst Norr")


@pytest.fixture
def manager(home_care):
    return given_someone("Karin Ek", "unit_manager", home_care)


@pytest.fixture
def agreement(home_care, manager):
    agreement = agreements.draft_agreement(
        by=manager,
        unit=home_care,
        title=TITLE,
        kind=AgreementKind.objects.get(key="choice_system"),
        purpose="Hemtjänst till dem som väljer utföraren.",
        valid_from=TODAY - timedelta(days=400),
        follow_up_months=12,
        next_follow_up_date=TODAY - timedelta(days=3),
        contact_function="Verksamhetschef",
        owner_person=manager,
    )
    agreements.add_party(agreement, by=manager, name="Exempel AB", kind="private_provider")
    given = {"is_critical": True, "method": "Stickprov"}
    agreements.add_requirement(agreement, by=manager, order=1, text="Besök görs i tid.", **given)
    agreements.add_requirement(agreement, by=manager, order=2, text="Plan finns för alla.")
    return agreements.put_in_force(agreement, by=manager)


def test_a_requirement_that_is_not_met_becomes_an_action(visitor, width, manager, agreement):
    she = visitor(manager, width)
    she.opens("/mina-uppgifter/")
    she.follows(TITLE)
    she.sees("Besök görs i tid.", "Kritiskt", "Avtalet är inte uppföljt ännu.")
    she.follows("Registrera en uppföljning")
    she.fills(
        {
            "Vad visade uppföljningen?": "Tiderna hålls inte på helgerna.",
            "Krav 1: Besök görs i tid.": "Uppfyller ej",
            "Krav 1, vad bedömningen bygger på": "Var femte besök är sent.",
            "Krav 2: Plan finns för alla.": "Delvis",
        }
    )
    she.presses("Spara uppföljningen")
    she.sees("Skriv vad som brister.")
    she.fills({"Krav 2, vad bedömningen bygger på": "Två planer av tio saknas."})
    she.presses("Spara uppföljningen")

    she.sees("Uppföljningen är registrerad.", "Var femte besök är sent.")
    she.follows("Gör en åtgärd av detta")
    she.presses("Planera åtgärden")
    she.sees("Uppfyll kravet: Besök görs i tid.", "Planerad")
    she.follows(TITLE)
    she.sees("krav brister")
    she.looks()
