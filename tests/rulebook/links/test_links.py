import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hjulet.audit.models import Event
from hjulet.rulebook.links.operations import link_to_rule, withdraw_link
from hjulet.rulebook.links.queries import governed_by, governing_of
from hjulet.rulebook.models import Law, Provision, RuleLink
from tests import factories
from tests.actions.walks import plan
from tests.planning import walks as risk_walks
from tests.rulebook.processes import walks as process_walks

pytestmark = pytest.mark.django_db


def provision(number=1, **fields):
    law, _new = Law.objects.get_or_create(
        key="sol", defaults={"title": "Socialtjänstlag", "short": "SoL", "kind": "act", "field": "social"}
    )
    return Provision.objects.create(
        law=law, key=f"sol-{number}", reference=f"5 kap. {number} §", heading=f"God kvalitet {number}", **fields
    )


@pytest.fixture
def manager(home_care, client):
    manager = factories.person("Eva Chef", unit_manager=home_care)
    client.force_login(manager)
    return manager


@pytest.fixture
def action(home_care, manager):
    return plan(manager, home_care, title="Fler samtal")


def kinds(rule, person):
    return [(str(group.name), [str(row) for row in group.rows]) for group in governed_by(rule, person)]


def test_a_link_is_seen_from_both_ends_and_audited(action, manager, home_care):
    rule = provision()
    link = link_to_rule(action, by=manager, provision=rule, note=" Samtalen är kravet. ")

    assert [
        (str(shown.link.governing), shown.kind, shown.link.note) for shown in governing_of(action, manager).links
    ] == [("5 kap. 1 § SoL", "bestämmelse", "Samtalen är kravet.")]
    assert kinds(rule, manager) == [("åtgärd", ["Fler samtal"])]
    event = Event.objects.first()
    assert (event.verb, event.target_id, event.unit_id, event.after) == (
        "rulelink.linked",
        link.pk,
        home_care.pk,
        {"about": "actions.action", "about_id": action.pk, "governed_by": "5 kap. 1 § SoL"},
    )


def test_the_same_link_is_made_once_until_it_is_withdrawn(action, manager):
    rule = provision()
    link = link_to_rule(action, by=manager, provision=rule)
    with pytest.raises(ValidationError, match="Den kopplingen finns redan"):
        link_to_rule(action, by=manager, provision=rule)

    withdraw_link(link, by=manager, reason="Fel paragraf.")
    assert governing_of(action, manager).links == []
    assert kinds(rule, manager) == []
    link_to_rule(action, by=manager, provision=rule)
    assert len(governing_of(action, manager).links) == 1


def test_a_link_points_at_one_thing(action, manager):
    with pytest.raises(ValidationError, match="Välj en sak i taget"):
        link_to_rule(action, by=manager)
    assert RuleLink.objects.count() == 0


def test_who_may_not_write_of_the_row_may_not_link_it(action):
    stranger = factories.person("Nils Ek", employee=factories.unit(factories.committee("Kulturnämnden"), "Biblioteket"))
    with pytest.raises(PermissionDenied):
        link_to_rule(action, by=stranger, provision=provision())


def test_what_another_committee_has_linked_is_not_seen(action, manager):
    rule = provision()
    link_to_rule(action, by=manager, provision=rule)
    stranger = factories.person("Nils Ek", unit_manager=factories.unit(factories.committee("Kulturnämnden"), "Arkivet"))

    assert kinds(rule, stranger) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_panel_takes_the_same_statements_whatever_it_holds(
    client, action, manager, rows, django_assert_num_queries
):
    for number in range(rows):
        link_to_rule(action, by=manager, provision=provision(number))

    with django_assert_num_queries(8):
        answer = client.get(reverse("rule_links:governing", args=["actions.action", action.pk]))
    assert len(answer.context["page"].links) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_other_panel_too(client, home_care, manager, rows, django_assert_num_queries):
    rule = provision()
    for number in range(rows):
        link_to_rule(plan(manager, home_care, title=f"Åtgärd {number}"), by=manager, provision=rule)

    with django_assert_num_queries(7):
        answer = client.get(reverse("rule_links:governed", args=["provision", rule.pk]))
    assert [len(group.rows) for group in answer.context["kinds"]] == [rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_a_provision_governs_takes_the_same_statements_however_many_they_are(
    client, home_care, manager, rows, django_assert_num_queries
):
    rule, analysis = provision(), risk_walks.analysis(manager, home_care, 2026)
    for number in range(rows):
        link_to_rule(plan(manager, home_care, title=f"Åtgärd {number}"), by=manager, provision=rule)
        link_to_rule(risk_walks.risk(manager, analysis, title=f"Risk {number}"), by=manager, provision=rule)

    with django_assert_num_queries(7):
        answer = client.get(reverse("laws:for_provision", args=[rule.pk]))
    assert [len(kind.rows) for kind in answer.context["kinds"]] == [2 * rows]


def test_a_step_of_a_process_and_its_version_may_be_governed_too(client, home_care, manager):
    """They lie in the unit of their process, which the page and a law that ceases ask for."""
    rule, version = provision(), process_walks.drafted(manager, home_care, "Ta emot ansökan")
    for row in (version, version.activities.get()):
        link_to_rule(row, by=manager, provision=rule)

    [shown] = client.get(reverse("laws:for_provision", args=[rule.pk])).context["kinds"]
    assert [(str(row), row.unit) for row in shown.rows] == [
        ("Handläggning, version 1", home_care),
        ("Ta emot ansökan", home_care),
    ]
    assert [link.unit for link in RuleLink.objects.with_targets()] == [home_care, home_care]


def test_a_link_is_made_and_taken_away_on_pages(client, action, manager):
    rule = provision()
    add = reverse("rule_links:add", args=["actions.action", action.pk])
    assert client.get(add).status_code == 200
    wrong = client.post(add, {"document": "", "provision": "", "note": "x"})
    assert (wrong.status_code, "Välj en sak i taget" in wrong.content.decode()) == (422, True)

    client.post(add, {"document": "", "provision": rule.pk, "note": "x"})
    link = RuleLink.objects.get()
    assert (link.provision, link.note, link.by) == (rule, "x", manager)
    client.post(reverse("rule_links:withdraw", args=[link.pk]), {"reason": "Fel."})
    link.refresh_from_db()
    assert link.withdrawn_reason == "Fel."


def test_what_is_hidden_answers_as_what_is_not_there(client, action, manager):
    link = link_to_rule(action, by=manager, provision=provision())
    client.force_login(factories.person("Nils Ek", employee=factories.unit(factories.committee("Kulturnämnden"), "B")))

    addresses = [
        reverse("rule_links:governing", args=["actions.action", action.pk]),
        reverse("rule_links:add", args=["actions.action", action.pk]),
        reverse("rule_links:withdraw", args=[link.pk]),
        reverse("rule_links:governing", args=["no.such", 1]),
        reverse("rule_links:governed", args=["thing", 1]),
        reverse("rule_links:governed", args=["document", 1]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 6


def test_an_ended_provision_says_so(client, action, manager):
    link_to_rule(action, by=manager, provision=provision(ended_some_day=True))

    answer = client.get(reverse("rule_links:governing", args=["actions.action", action.pk]))
    assert "gäller inte längre" in answer.content.decode()
