import pytest
from django.urls import reverse

from hjulet.planning.competence import operations as competence
from hjulet.planning.participation import operations as participation
from tests.factories import committee, person
from tests.planning import walks as planning
from tests.planning.competence.walks import need
from tests.planning.ideas.walks import accept, propose
from tests.planning.participation.walks import outcome, plan_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def rows(response):
    return [(origin.what, origin.row) for origin in response.context["origins"]]


def test_an_action_says_what_it_comes_of(client, home_care, manager, django_assert_num_queries):
    said = outcome(manager, home_care)
    action = plan_action(said, manager)
    idea, row = propose(manager, home_care), need(manager, home_care)
    accept(idea, manager)
    for linked in (idea, row):
        linked.actions.add(action)
    page = reverse("origins:for_action", args=[action.pk])

    with django_assert_num_queries(8):
        answer = client.get(page)

    assert rows(answer) == [("Pensionärsråd 2026-03-10", said), ("Idé", idea), ("Kompetens", row)]
    assert page in client.get(action.get_absolute_url()).content.decode()
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert ("<main" in part, said.get_absolute_url() in part) == (False, True)


def test_a_risk_says_what_it_comes_of(client, home_care, manager):
    analysis = planning.analysis(manager, home_care)
    said, row = outcome(manager, home_care), need(manager, home_care)
    given = {"title": "Fel mat", "deficiency": "Den är kall.", "quality_area": planning.quality_area()}
    first = participation.identify_risk_from(said, by=manager, analysis=analysis, **given)
    second = competence.identify_risk_from(row, by=manager, analysis=analysis, **given)

    answers = [client.get(reverse("origins:for_risk", args=[risk.pk])) for risk in (first, second)]

    assert [rows(answer) for answer in answers] == [[("Pensionärsråd 2026-03-10", said)], [("Kompetens", row)]]
    assert reverse("origins:for_risk", args=[first.pk]) in client.get(first.get_absolute_url()).content.decode()


def test_what_the_reader_may_not_see_is_left_out(client, home_care, manager):
    action = plan_action(outcome(manager, home_care), manager, owner_role="lawyer")
    client.force_login(person("Lova Logg", log_reviewer=home_care.committee))

    answer = client.get(reverse("origins:for_action", args=[action.pk]))

    assert (answer.status_code, rows(answer)) == (200, [])


def test_another_nämnd_finds_nothing_here(client, home_care, manager):
    action = plan_action(outcome(manager, home_care), manager)
    risk = planning.risk(manager, planning.analysis(manager, home_care))
    client.force_login(person("Ola Berg", quality_developer=committee("Äldrenämnden")))

    pages = [reverse("origins:for_action", args=[action.pk]), reverse("origins:for_risk", args=[risk.pk])]
    assert {client.get(page).status_code for page in pages} == {404}
