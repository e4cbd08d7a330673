from datetime import date

import pytest
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.monitoring.agreement_follow_ups.models import AgreementFollowUp, Verdict
from hjulet.monitoring.agreement_follow_ups.operations import plan_action_from
from tests.factories import committee, person
from tests.monitoring.agreement_follow_ups.walks import agreement_with_requirements, record
from tests.rulebook.agreements.walks import requirement

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


@pytest.fixture
def agreement(home_care, manager):
    return agreement_with_requirements(manager, home_care)


def url(name, row):
    return reverse(f"agreement_follow_ups:{name}", args=[row.pk])


def typed(agreement, **more):
    first, second = agreement.requirements.all()
    return {
        "done_date": "2026-03-16",
        "summary": "Det mesta fungerar.",
        "next_follow_up_date": "2027-03-16",
        f"verdict_{first.pk}": "partly",
        f"note_{first.pk}": "Sent på helgerna.",
        f"verdict_{second.pk}": "",
    } | more


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, manager, agreement, rows, django_assert_num_queries):
    for number in range(rows):
        requirement(agreement, manager, order=number)
    opinions = dict.fromkeys(agreement.requirements.all(), (Verdict.NOT, "Nej."))
    follow_up = record(agreement, manager, opinions=opinions)
    for verdict in follow_up.verdicts.all():
        plan_action_from(verdict, by=manager, title="Rätta", description="Gör det.")

    with django_assert_num_queries(9):
        client.get(follow_up.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_statements(client, manager, agreement, rows, django_assert_num_queries):
    for _number in range(rows):
        record(agreement, manager)

    with django_assert_num_queries(6):
        client.get(url("for_agreement", agreement), headers={"HX-Request": "true"})


def test_recorded_by_form(client, manager, agreement):
    shown = client.get(url("record", agreement)).content.decode()
    response = client.post(url("record", agreement), typed(agreement))

    follow_up = AgreementFollowUp.objects.get()
    assert "Krav 1: Besök görs i tid." in shown
    assert 'value="2027-03-16"' in shown
    assert response["Location"] == follow_up.get_absolute_url()
    assert [(row.text, row.verdict, row.note) for row in follow_up.verdicts.all()] == [
        ("Besök görs i tid.", "partly", "Sent på helgerna.")
    ]


def test_the_form_says_what_is_missing(client, manager, agreement):
    first, second = agreement.requirements.all()
    wrong = typed(agreement, **{f"note_{first.pk}": "", f"note_{second.pk}": "Bra."})

    response = client.post(url("record", agreement), wrong)

    assert (response.status_code, dict(response.context["form"].errors)) == (
        422,
        {
            f"note_{first.pk}": ["Skriv vad som brister."],
            f"verdict_{second.pk}": ["Välj en bedömning, eller ta bort texten."],
        },
    )
    assert AgreementFollowUp.objects.count() == 0


def test_an_action_is_made_of_a_requirement_by_form(client, manager, agreement):
    verdict = record(agreement, manager).verdicts.first()
    form = client.get(url("plan_action", verdict)).context["form"]
    suggested = {name: form[name].value() for name in ("title", "description")}

    client.post(url("plan_action", verdict), suggested | {"due_date": "2026-06-01"})

    action = Action.objects.get()
    page = client.get(verdict.follow_up.get_absolute_url()).content.decode()
    assert (action.title, action.description, action.due_date) == (
        "Uppfyll kravet: Besök görs i tid.",
        "Var femte besök är sent.",
        date(2026, 6, 1),
    )
    assert action.get_absolute_url() in page


def test_the_panel_tells_of_each_and_works_without_script(client, manager, agreement):
    follow_up = record(agreement, manager)
    address = url("for_agreement", agreement)

    whole, part = (client.get(address, headers=given).content.decode() for given in ({}, {"HX-Request": "true"}))
    assert follow_up.get_absolute_url() in part
    assert part.strip() in whole
    assert "krav brister" in part
    assert "<html" not in part


def test_who_may_only_read_records_nothing(client, home_care, manager, agreement):
    follow_up = record(agreement, manager)
    client.force_login(person("Rita Revisor", auditor=home_care.committee))

    assert client.get(follow_up.get_absolute_url()).status_code == 200
    refused = [url("record", agreement), url("plan_action", follow_up.verdicts.first())]
    assert {client.get(address).status_code for address in refused} == {403}


def test_another_nämnd_finds_nothing_here(client, manager, agreement):
    follow_up = record(agreement, manager)
    client.force_login(person("Ola Berg", quality_developer=committee("Äldrenämnden")))

    addresses = [follow_up.get_absolute_url(), url("plan_action", follow_up.verdicts.first())]
    assert {client.get(address).status_code for address in addresses} == {404}
