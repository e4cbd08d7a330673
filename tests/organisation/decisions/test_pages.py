from datetime import date

import pytest
from django.urls import reverse

from hjulet.organisation.decisions.operations import record_decision
from tests import factories

pytestmark = pytest.mark.django_db


def decide(committee, by, **given):
    return record_decision(
        by=by,
        committee=committee,
        **{"meeting_date": date(2026, 2, 1), "paragraph": "§ 1", "registry_number": "SN 1", "subject": "Plan"} | given,
    )


@pytest.mark.parametrize("decisions", [1, 3])
def test_list_statements(client, committee, administrator, decisions, django_assert_num_queries):
    secretary = factories.person("Nils", committee_secretary=committee)
    for number in range(decisions):
        decide(committee, secretary, paragraph=f"§ {number}")

    with django_assert_num_queries(8):
        client.get(reverse("decisions:list"))


def test_list_filters(client, committee):
    secretary = factories.person("Nils", committee_secretary=committee)
    decide(committee, secretary, subject="Kvalitetsplan 2026")
    decide(committee, secretary, subject="Uppföljning 2025", meeting_date=date(2025, 12, 1))
    client.force_login(secretary)

    def shown(**given):
        return [row[4][1] for row in client.get(reverse("decisions:list"), given).context["shown"].rows]

    assert shown() == ["Kvalitetsplan 2026", "Uppföljning 2025"]
    assert shown(q="plan") == ["Kvalitetsplan 2026"]
    assert shown(year="2025") == ["Uppföljning 2025"]
    assert shown(committee=committee.pk) == ["Kvalitetsplan 2026", "Uppföljning 2025"]
