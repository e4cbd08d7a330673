from datetime import date

import pytest
from django.urls import reverse

from hjulet.organisation.delegations.models import DelegatedDecision, Delegation
from hjulet.organisation.delegations.operations import add_what_is_not_delegable, adopt_delegations, end_delegation
from hjulet.organisation.models import Decision
from hjulet.reporting.my_work.queries import tasks_of
from tests import factories
from tests.lists import chosen, obstacles
from tests.organisation.delegations.walks import (
    AT_THE_MEETING,
    DECIDED,
    ROW,
    in_force,
    proposed,
    reported,
    secretary_of,
    taken,
)

pytestmark = pytest.mark.django_db
FORM = ROW | {"is_delegable": "on", "must_be_reported": "on", "valid_from": "2026-02-01"}
MEETING = {"meeting_date": "2026-03-10", "paragraph": "§ 7", "registry_number": "SN 2026/7"}


@pytest.fixture
def secretary(client, committee):
    person = secretary_of(committee)
    client.force_login(person)
    return person


@pytest.fixture
def north(committee):
    return factories.unit(committee)


@pytest.fixture
def head(north):
    return factories.person("Karin Ek", unit_manager=north)


def unit_of(person):
    return person.role_assignments.get().unit


def shown(client, page, column, **given):
    return [str(row[column][1]) for row in client.get(reverse(page), given).context["shown"].rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, committee, secretary, rows, django_assert_num_queries):
    for number in range(rows):
        proposed(committee, secretary, code=f"5.{number}")
    adopt_delegations(committee, by=secretary, **AT_THE_MEETING)

    with django_assert_num_queries(9):
        client.get(reverse("delegations:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_the_decisions(client, secretary, head, rows, django_assert_num_queries):
    delegation = in_force(unit_of(secretary), secretary)
    for number in range(rows):
        reported(taken(delegation, head, unit_of(head), registry_number=f"SN {number}"), secretary)

    with django_assert_num_queries(9):
        client.get(reverse("delegations:decisions"))


def test_statements_of_the_pages_of_one(client, secretary, head, django_assert_max_num_queries):
    delegation = in_force(unit_of(secretary), secretary)
    proposed(unit_of(secretary), secretary, replaces=delegation, role="group_manager")
    delegated = reported(taken(delegation, head, unit_of(head), target=delegation), secretary)

    for row in (delegation, delegated):
        with django_assert_max_num_queries(12):
            assert client.get(row.get_absolute_url()).status_code == 200


def test_list_filters(client, committee, secretary):
    ended = in_force(committee, secretary, code="4.2", title="Köpa inventarier")
    end_delegation(ended, by=secretary, valid_to=date(2026, 3, 15))
    in_force(committee, secretary, role="group_manager")
    proposed(committee, secretary, code="5.10", title="Bevilja ledighet")
    add_what_is_not_delegable(committee, by=secretary)

    def codes(**given):
        return shown(client, "delegations:list", 0, **given)

    law = [f"0.{number}" for number in range(1, 6)]
    assert codes() == [*law, "5.1", "5.10"]
    assert codes(q="5.1") == ["5.1", "5.10"]
    assert codes(q="ledig") == ["5.10"]
    assert codes(role="group_manager") == ["5.1"]
    assert codes(committee=committee.pk) == [*law, "5.1", "5.10"]
    standings = ("proposed", "in_force", "coming", "not_delegable", "ended", "withdrawn")
    assert [codes(standing=standing) for standing in standings] == [["5.10"], ["5.1"], [], law, ["4.2"], []]


def test_what_the_nämnd_decides_itself_is_not_said_to_be_reported_or_not(client, committee, secretary):
    in_force(committee, secretary)
    add_what_is_not_delegable(committee, by=secretary)

    assert shown(client, "delegations:list", 4) == ["None", "None", "None", "None", "None", "Ja"]


def test_both_lists_as_excel(client, committee, secretary, north, head):
    taken(in_force(committee, secretary), head, north)

    for page in ("delegations:list", "delegations:decisions"):
        assert client.get(reverse(page), {"format": "xlsx"}).content[:2] == b"PK"


def test_a_row_is_added_and_changed(client, committee, secretary):
    answer = client.post(reverse("delegations:propose"), FORM | {"committee": committee.pk})

    delegation = Delegation.objects.get()
    assert (answer.url, {name: getattr(delegation, name) for name in ROW}) == (delegation.get_absolute_url(), ROW)
    client.post(reverse("delegations:change", args=[delegation.pk]), FORM | {"title": "Annat", "revision": 1})
    delegation.refresh_from_db()
    assert (delegation.title, delegation.revision) == ("Annat", 2)


def test_no_role_is_chosen_for_what_is_not_delegable(client, committee, secretary):
    given = FORM | {"committee": committee.pk}
    del given["is_delegable"]

    answer = client.post(reverse("delegations:propose"), given)

    assert answer.context["form"].non_field_errors() == [
        "Beslutet får inte delegeras: nämnden beslutar själv, och ingen roll kan väljas."
    ]
    assert client.post(reverse("delegations:propose"), given | {"role": ""}).status_code == 302
    kept = Delegation.objects.get()
    assert (kept.is_delegable, kept.role, kept.must_be_reported) == (False, "", False)


def test_the_secretary_records_what_the_committee_decided(client, committee, secretary):
    delegation = proposed(committee, secretary)
    page = client.get(reverse("delegations:list"))
    assert [(order.committee, order.proposals, order.obstacle_to_adopting) for order in page.context["orders"]] == [
        (committee, 1, None)
    ]

    client.post(reverse("delegations:adopt", args=[committee.pk]), MEETING)

    delegation.refresh_from_db()
    assert delegation.decision == Decision.objects.get()
    (order,) = client.get(reverse("delegations:list")).context["orders"]
    assert order.obstacle_to_adopting == "Det finns inget förslag att besluta om."


def test_buttons_of_a_row(client, committee, secretary):
    delegation = in_force(committee, secretary)

    client.post(reverse("delegations:replace", args=[delegation.pk]), FORM | {"role": "group_manager"})
    change = Delegation.objects.get(replaces=delegation)
    page = client.get(delegation.get_absolute_url()).context["page"]
    assert (page.replaced_by, page.obstacle_to_replacing) == (
        [change],
        "Det finns redan ett förslag till ändring av raden.",
    )
    client.post(reverse("delegations:withdraw", args=[change.pk]))
    change.refresh_from_db()
    assert change.withdrawn_at is not None
    client.post(reverse("delegations:end", args=[delegation.pk]), {"valid_to": "2026-03-20"})
    delegation.refresh_from_db()
    assert delegation.valid_to == date(2026, 3, 20)


def test_the_five_points_by_a_button(client, committee, secretary):
    client.post(reverse("delegations:add_not_delegable", args=[committee.pk]))

    assert shown(client, "delegations:list", 2) == ["Nämnden själv"] * 5


def test_a_decision_is_typed_by_whoever_took_it(client, committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    client.force_login(head)
    typed = DECIDED | {"delegation": delegation.pk, "unit": north.pk, "reasons": "Vakant.", "decided_on": "2026-03-02"}

    assert client.get(reverse("delegations:decisions")).context["may_decide"] is True
    answer = client.post(reverse("delegations:decide"), typed)

    delegated = DelegatedDecision.objects.get()
    assert answer.url == delegated.get_absolute_url()
    assert (delegated.decided_by, delegated.unit, delegated.reasons) == (head, north, "Vakant.")


def test_whoever_holds_no_delegation_types_none(client, committee, secretary):
    in_force(committee, secretary)

    assert client.get(reverse("delegations:decisions")).context["may_decide"] is False
    assert client.get(reverse("delegations:decide")).status_code == 403


def test_several_are_reported_at_a_meeting(client, committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    first, second = taken(delegation, head, north, subject="Ett"), taken(delegation, head, north, subject="Två")
    done = reported(taken(delegation, head, north, subject="Förra"), secretary)
    page = reverse("delegations:report_many")

    assert shown(client, "delegations:decisions", 1, waiting="on") == ["Två", "Ett"]
    assert sorted(obstacles(chosen(client, page, [first, second, done]))) == [
        ("Ett", ""),
        ("Förra", "Beslutet är redan anmält."),
        ("Två", ""),
    ]
    answer = chosen(client, page, [first, second], **MEETING)

    assert answer.url == reverse("delegations:decisions")
    assert shown(client, "delegations:decisions", 1, waiting="on") == []
    assert shown(client, "delegations:decisions", 6) == ["Socialnämnden 2026-03-10 § 7"] * 3


def test_what_is_to_be_reported_awaits_the_secretary(committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    taken(delegation, head, north)
    reported(taken(delegation, head, north, subject="Förra"), secretary)
    other = secretary_of(factories.committee("Äldrenämnden"))

    assert [(task.kind, task.title, task.unit) for task in tasks_of(secretary)] == [
        ("Anmäl delegationsbeslutet till nämnden", "Anställning av undersköterska", "Hemtjänst Norr")
    ]
    assert (tasks_of(other), tasks_of(head)) == ([], [])


def test_nothing_is_seen_from_another_committee(client, committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    delegated = taken(delegation, head, north)
    elsewhere = factories.committee("Äldrenämnden")
    client.force_login(factories.person("Grann", committee_secretary=elsewhere, quality_developer=elsewhere))

    names = ("detail", "change", "replace", "end")
    pages = [reverse(f"delegations:{name}", args=[delegation.pk]) for name in names]
    pages += [delegated.get_absolute_url(), reverse("delegations:adopt", args=[committee.pk])]
    assert [client.get(page).status_code for page in pages] == [404] * 6
    acts = [("withdraw", delegation), ("add_not_delegable", committee)]
    assert [client.post(reverse(f"delegations:{name}", args=[row.pk])).status_code for name, row in acts] == [404] * 2
    assert (shown(client, "delegations:list", 0), shown(client, "delegations:decisions", 0)) == ([], [])


def test_whoever_only_reads_gets_no_further(client, committee, secretary, north, head):
    delegation = in_force(committee, secretary)
    client.force_login(factories.person("Mia", employee=north))

    page = client.get(delegation.get_absolute_url()).context["page"]
    assert (page.may_edit, page.may_end, page.may_decide) == (False, False, False)
    names = ("change", "replace", "end")
    forms = [reverse(f"delegations:{name}", args=[delegation.pk]) for name in names]
    forms += [reverse("delegations:adopt", args=[committee.pk]), reverse("delegations:propose")]
    forms += [reverse("delegations:report_many")]
    assert [client.get(form).status_code for form in forms] == [403] * 6
    acts = [("withdraw", delegation), ("add_not_delegable", committee)]
    assert [client.post(reverse(f"delegations:{name}", args=[row.pk])).status_code for name, row in acts] == [403] * 2
