from datetime import date

import pytest
from django.urls import reverse

from hjulet.organisation.models import Unit
from hjulet.organisation.units.operations import change_unit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("groups", [1, 3])
def test_tree_statements(client, committee, administrator, groups, django_assert_num_queries):
    unit = factories.unit(committee)
    for number in range(groups):
        factories.group(unit, f"Grupp {number}")

    with django_assert_num_queries(5):
        client.get(reverse("units:tree"))


@pytest.mark.parametrize("people", [1, 3])
def test_detail_statements(client, committee, administrator, people, django_assert_num_queries):
    unit = factories.unit(committee)
    for number in range(people):
        factories.person(f"Mia {number}", employee=unit)
        factories.group(unit, f"Grupp {number}")

    with django_assert_num_queries(12):
        client.get(unit.get_absolute_url())


def test_tree_of_another_day(client, committee, administrator):
    Unit.objects.filter(pk=committee.pk).update(valid_to=date(2025, 12, 31))

    def shown(day):
        page = client.get(reverse("units:tree"), {"day": day})
        return [str(child.unit) for root in page.context["branches"] for child in root.children]

    assert (shown("2025-12-31"), shown("2026-01-01"), shown("")) == (["Socialnämnden"], [], [])


def test_a_day_that_is_none_shows_today_and_says_so(client, administrator):
    page = client.get(reverse("units:tree"), {"day": "i går"})

    assert page.context["day"] == date(2026, 3, 16)
    assert page.context["form"].errors == {"day": ["Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-11-22."]}


def test_a_unit_is_established_and_put_right(client, committee, administrator):
    given = {"parent": committee.pk, "kind": "unit", "name": "Hemtjänst", "code": "", "valid_from": "2026-01-01"}
    response = client.post(reverse("units:establish"), given)
    unit = Unit.objects.get(name="Hemtjänst")
    assert (response.url, unit.path) == (unit.get_absolute_url(), f"{committee.path}{unit.pk}/")

    client.post(reverse("units:change", args=[unit.pk]), {"name": "Hemtjänst Syd", "code": "HS", "revision": 1})
    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.earlier_names) == ("Hemtjänst Syd", "HS", [])


def test_a_wrong_place_is_said_on_the_form(client, committee, administrator):
    given = {"parent": committee.pk, "kind": "group", "name": "Dag", "code": "", "valid_from": "2026-01-01"}

    response = client.post(reverse("units:establish"), given)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["Grupp kan inte ligga under Socialnämnden. Välj en enhet."]


def test_two_changes_at_once_are_both_shown(client, committee, administrator):
    change_unit(committee, by=administrator, revision=1, name="Annans namn", code="")

    response = client.post(
        reverse("units:change", args=[committee.pk]), {"name": "Mitt namn", "code": "", "revision": 1}
    )

    assert response.status_code == 422
    assert response.context["form"].conflicts == [("Namn", "Mitt namn", "Annans namn", "choose-name")]


def test_whoever_only_reads_is_refused_and_others_find_nothing(client, committee):
    unit = factories.unit(committee)
    client.force_login(factories.person("Mia", employee=unit))
    assert client.get(unit.get_absolute_url()).status_code == 200
    assert [
        client.get(reverse(f"units:{name}", args=args)).status_code
        for name, args in (("establish", []), ("change", [unit.pk]))
    ] == [403, 403]

    client.force_login(factories.person("Lars", employee=factories.committee("Skolnämnden")))
    assert [client.get(reverse(f"units:{name}", args=[unit.pk])).status_code for name in ("detail", "change")] == [
        404,
        404,
    ]
