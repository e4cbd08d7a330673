from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from hjulet.rulebook.models import QualityArea
from tests.factories import committee, municipality, person, unit

pytestmark = pytest.mark.django_db


def area(name, **given):
    values = {"key": name.lower(), "name": name, "explanation": f"Vad {name} är.", "valid_from": date(2012, 1, 1)}
    return QualityArea.objects.create(**values | given)


@pytest.fixture
def reader(client):
    reader = person(employee=unit(committee()))
    client.force_login(reader)
    return reader


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, reader, rows, django_assert_num_queries):
    for number in range(rows):
        area(f"Område{number}")

    with django_assert_num_queries(5):
        client.get(reverse("quality_areas:list"))


def test_page_explains_each_area_and_keeps_the_others_apart(client, reader):
    second = area("Trygghet", order=2)
    first = area("Helhet", order=1)
    past = area("Gammalt", valid_to=date(2026, 3, 15))
    coming = area("Nytt", valid_from=date(2026, 3, 17))

    response = client.get(reverse("quality_areas:list"))

    page = response.context["page"]
    assert (page.current, page.others, page.may_change) == ([first, second], [past, coming], False)
    assert "Vad Helhet är." in response.content.decode()


def test_empty_page_says_where_they_come_from(client, reader):
    assert "Inga kvalitetsområden än" in client.get(reverse("quality_areas:list")).content.decode()


def test_manager_of_registers_is_led_there(client):
    client.force_login(person("Siv Sys", system_administrator=municipality()))

    assert (
        reverse("registers:rows", args=["kvalitetsomraden"])
        in client.get(reverse("quality_areas:list")).content.decode()
    )


def test_whoever_has_no_role_is_refused(client):
    client.force_login(person("Ingen Alls"))

    assert client.get(reverse("quality_areas:list")).status_code == 403


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (date(2026, 3, 16), None, True),
        (date(2026, 3, 16), date(2026, 3, 16), True),
        (date(2026, 3, 17), None, False),
        (date(2026, 3, 1), date(2026, 3, 15), False),
    ],
)
def test_validity_includes_both_days_in_the_database_and_in_the_row(first, last, holds):
    day = date(2026, 3, 16)
    row = area("Trygghet", valid_from=first, valid_to=last)

    assert (QualityArea.objects.on(day).exists(), row.holds_on(day)) == (holds, holds)


def test_the_database_refuses_an_end_before_the_start():
    with pytest.raises(IntegrityError, match="quality_area_dates_in_order"):
        area("Trygghet", valid_to=date(2011, 12, 31))


def test_markup_is_shown_as_text(client, reader):
    area("Trygghet", explanation="<b>fet</b>")

    assert "&lt;b&gt;fet" in client.get(reverse("quality_areas:list")).content.decode()
