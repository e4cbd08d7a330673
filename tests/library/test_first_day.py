"""What the first administrator does with the one-time password: in, an own password, a colleague, a role."""

import pytest
from django.urls import reverse

from hjulet.library.operations import initialise
from hjulet.organisation.models import Person
from hjulet.organisation.people.operations import choose_own_password

pytestmark = pytest.mark.django_db

OWN = "en egen lång lösenfras"


def test_from_one_time_password_to_a_colleague_who_can_work(client):
    begun = initialise(
        by=Person.objects.machine(),
        municipality="Ekliden",
        committees=["Socialnämnden"],
        administrator="siv@example.org",
    )

    def log_in(email, password):
        client.logout()
        client.post(reverse("account_login"), {"login": email, "password": password})
        return client.get(reverse("people:list"))

    change = reverse("account_change_password")
    assert log_in("siv@example.org", begun.password).url == change
    client.post(change, {"oldpassword": begun.password, "password1": OWN, "password2": OWN})
    assert log_in("siv@example.org", OWN).status_code == 200

    added = client.post(reverse("people:add"), {"name": "Disa Falk", "email": "disa@example.org", "title": ""})
    colleague = Person.objects.get(email="disa@example.org")
    assert added.status_code == 200
    client.post(
        reverse("roles:assign"),
        {
            "person": colleague.pk,
            "role": "quality_developer",
            "unit": begun.committees[0].pk,
            "valid_from": "2026-03-16",
        },
    )

    client.force_login(colleague)
    assert client.get(reverse("goals:set")).url == change
    client.force_login(choose_own_password(colleague, by=colleague, password=OWN))
    form = client.get(reverse("goals:set")).context["form"]
    assert [str(unit) for unit in form.fields["unit"].queryset] == ["Socialnämnden"]
    assert [str(level) for level in form.fields["level"].queryset] == [
        "Vision",
        "Övergripande mål",
        "Strategiskt mål",
        "Fokusområde",
        "Operativt mål",
    ]
