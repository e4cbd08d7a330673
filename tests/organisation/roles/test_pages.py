from datetime import date

import pytest
from django.urls import reverse

from hjulet.organisation.models import RoleText
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("people", [1, 3])
def test_list_statements(client, committee, administrator, people, django_assert_num_queries):
    for number in range(people):
        factories.person(f"Mia {number}", employee=committee)

    with django_assert_num_queries(9):
        client.get(reverse("roles:list"))


def test_all_roles_with_marks_and_own_words(client, committee, administrator):
    RoleText.objects.create(role="lawyer", text="Våra egna ord.")

    roles = {described.role.key: described for described in client.get(reverse("roles:list")).context["roles"]}

    assert len(roles) == 16
    assert (roles["lawyer"].text, roles["lawyer"].marks) == (
        "Våra egna ord.",
        [False, False, True, False, True, False],
    )
    assert roles["social_director"].marks == [True, True, False, False, True, True]
    assert str(roles["auditor"].text).startswith("Läser allt")


def test_holders_are_those_of_today_within_reach(client, committee):
    eva = factories.person("Eva", unit_manager=factories.unit(committee))
    factories.assign(factories.person("Förr"), "employee", committee, valid_to=date(2026, 3, 15))
    factories.person("Lars", employee=factories.committee("Skolnämnden"))
    factories.person("Mia", employee=committee)
    client.force_login(eva)

    def shown(**given):
        return [str(row[1][1]) for row in client.get(reverse("roles:list"), given).context["shown"].rows]

    assert shown() == ["Mia", "Eva"]
    assert shown(role="employee") == ["Mia"]
    assert shown(q="ev") == ["Eva"]
    assert shown(unit=committee.pk) == ["Mia", "Eva"]


def test_a_role_is_given_and_ended(client, committee, administrator):
    person = factories.person("Karin Ek")
    given = {"person": person.pk, "role": "employee", "unit": committee.pk, "valid_from": "2026-01-01"}

    assert client.post(reverse("roles:assign"), given).url == person.get_absolute_url()
    held = person.role_assignments.get()
    client.post(reverse("roles:end", args=[held.pk]), {"valid_to": "2026-03-31"})
    held.refresh_from_db()
    assert held.valid_to == date(2026, 3, 31)


def test_the_own_last_administrator_role_is_not_ended(client, administrator):
    held = administrator.role_assignments.get()

    response = client.post(reverse("roles:end", args=[held.pk]), {"valid_to": "2026-03-31"})

    assert response.context["form"].non_field_errors() == [
        "Det här är din sista roll som systemförvaltare. Be en annan systemförvaltare att avsluta den."
    ]


def test_readers_do_not_give_roles(client, committee):
    eva = factories.person("Eva", unit_manager=committee)
    client.force_login(eva)

    assert client.get(reverse("roles:assign")).status_code == 403
    assert client.get(reverse("roles:end", args=[eva.role_assignments.get().pk])).status_code == 403
