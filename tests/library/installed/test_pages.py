from datetime import date

import pytest
from django.urls import reverse

from hjulet.collaboration.registers.operations import save_register_row
from hjulet.library.states import Standing as S
from hjulet.planning.risk_matrix.operations import draft_matrix, put_matrix_in_force
from hjulet.rulebook.models import QualityArea
from hjulet.rulebook.quality_areas.registers import QUALITY_AREAS
from tests.factories import municipality, person
from tests.library.shelf import tallies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installed")]


@pytest.fixture
def administrator(client):
    administrator = person("Siv Sys", system_administrator=municipality())
    client.force_login(administrator)
    return administrator


def change_area(by, key="safety", **values):
    area = QualityArea.objects.get(key=key)
    standing = QUALITY_AREAS.values_of(area)
    save_register_row(area, by=by, register=QUALITY_AREAS, revision=1, **standing | values)


@pytest.mark.parametrize("changed", [1, 3])
def test_overview_statements(client, administrator, changed, django_assert_num_queries):
    for key in ["safety", "efficiency", "accessibility"][:changed]:
        change_area(administrator, key, explanation="Våra ord.")

    with django_assert_num_queries(8):
        client.get(reverse("library:list"))


def test_part_statements(client, administrator, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get(reverse("library:part", args=["socialtjanst", "role_texts"]))


def test_overview_shows_what_is_the_municipality_s_own(client, administrator):
    change_area(administrator, explanation="Våra ord.")
    put_matrix_in_force(draft_matrix(by=administrator), by=administrator, from_date=date(2026, 3, 16))

    shown = tallies(client.get(reverse("library:list")))

    assert (shown["quality_areas"], shown["risk_matrix"]) == ([(S.UNCHANGED, 5), (S.KEPT, 1)], [(S.KEPT, 1)])


def test_overview_leads_to_parts_and_registers(client, administrator):
    page = client.get(reverse("library:list")).content.decode()

    links = [
        reverse("library:part", args=["socialtjanst", "quality_areas"]),
        reverse("registers:rows", args=["kvalitetsomraden"]),
        reverse("registers:rows", args=["ansvar"]),
        reverse("risk_matrix:list"),
    ]
    assert [link for link in links if f'href="{link}"' in page] == links


def test_part_shows_the_library_s_words_beside_the_way_to_one_s_own(client, administrator):
    change_area(administrator, explanation="Våra ord.")
    row = QualityArea.objects.get(key="safety")

    response = client.get(reverse("library:part", args=["socialtjanst", "quality_areas"]))

    entries = {entry.title: (entry.standing, entry.url) for entry in response.context["section"].entries}
    assert entries["Trygghet och säkerhet"] == (S.KEPT, reverse("registers:row", args=["kvalitetsomraden", row.pk]))
    assert "Stödet kommer som det var sagt" in response.content.decode()


def test_install_says_what_it_did(client, administrator):
    change_area(administrator, explanation="Våra ord.")

    response = client.post(reverse("library:install", args=["socialtjanst"]), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Klart: 0 nya rader, 0 med ny lydelse. 1 som ni har ändrat är lämnade i fred."
    ]
