import re

import pytest
from django.urls import reverse

from hjulet.planning.models import RiskMatrix
from hjulet.planning.risk_matrix import queries
from hjulet.planning.risk_matrix.forms import flat
from hjulet.planning.risk_matrix.states import MatrixState
from tests.factories import committee, municipality, person, unit
from tests.planning.walks import BANDS, CELLS, LABELS, TODAY, drafted_matrix, matrix_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    keeper = person("Rut Register", system_administrator=municipality())
    client.force_login(keeper)
    return keeper


def typed(**changes):
    """What the browser sends for the default matrix."""
    content = {"note": "", "severe_never_low": False, "bands": BANDS, "axis_labels": LABELS, "cells": CELLS}
    fields = {name: value for name, value in flat(content).items() if value is not False}
    return fields | {"revision": 1} | changes


@pytest.mark.parametrize("versions", [1, 3])
def test_list_statements(client, keeper, versions, django_assert_num_queries):
    for number in range(versions):
        matrix_in_force(keeper, note=f"Version {number}")

    with django_assert_num_queries(6):
        client.get(reverse("risk_matrix:list"))


def test_detail_statements(client, keeper, django_assert_num_queries):
    matrix = drafted_matrix(keeper)

    with django_assert_num_queries(11):
        client.get(matrix.get_absolute_url())


def test_from_nothing_to_a_version_in_force_on_pages(client, keeper):
    response = client.post(reverse("risk_matrix:draft"))
    matrix = RiskMatrix.objects.get()
    assert response.url == reverse("risk_matrix:set_up", args=[matrix.pk])

    response = client.post(response.url, typed(note="8 och 16 är våra egna val."))
    assert response.url == matrix.get_absolute_url()

    client.post(reverse("risk_matrix:put_in_force", args=[matrix.pk]), {"from_date": TODAY.isoformat()})

    matrix.refresh_from_db()
    assert (matrix.state, matrix.note) == (MatrixState.IN_FORCE, "8 och 16 är våra egna val.")
    assert queries.content_of(matrix)["cells"] == CELLS


def test_a_draft_may_be_saved_half_done_but_not_put_in_force(client, keeper):
    client.post(reverse("risk_matrix:draft"))
    matrix = RiskMatrix.objects.get()
    client.post(reverse("risk_matrix:set_up", args=[matrix.pk]), typed(cell_2_4=""))

    page = client.get(matrix.get_absolute_url())
    response = client.post(reverse("risk_matrix:put_in_force", args=[matrix.pk]), {"from_date": TODAY.isoformat()})

    sentence = "Välj nivå för varje ruta. Nivå saknas för: sannolikhet 2 och allvarlighetsgrad 4."
    assert page.context["page"].obstacle_to_putting_in_force == sentence
    assert "8 nivå saknas" in page.content.decode()
    assert (response.status_code, response.context["form"].non_field_errors()) == (422, [sentence])


def test_a_name_that_is_missing_is_asked_for(client, keeper):
    matrix = drafted_matrix(keeper)

    response = client.post(reverse("risk_matrix:set_up", args=[matrix.pk]), typed(red_name="", revision=2))

    assert response.context["form"].errors == {"red_name": ["Detta fält måste fyllas i."]}


def test_conflicting_changes_are_shown_cell_by_cell(client, keeper):
    matrix = drafted_matrix(keeper)
    address = reverse("risk_matrix:set_up", args=[matrix.pk])
    client.post(address, typed(revision=2, cell_2_4="yellow"))

    response = client.post(address, typed(revision=2, note="Min anmärkning"))

    form = response.context["form"]
    assert form.conflicts == [
        ("Anmärkning", "Min anmärkning", "", "choose-note"),
        ("Sannolikhet 2, allvarlighetsgrad 4, produkt 8", "red", "yellow", "choose-cell_2_4"),
    ]
    assert form["revision"].value() == "3"
    assert client.post(address, typed(revision=3, note="Min anmärkning")).status_code == 302


def test_the_page_shows_number_and_word_of_every_cell(client, keeper):
    matrix = matrix_in_force(keeper)

    html = client.get(matrix.get_absolute_url()).content.decode()

    assert [html.count(f">{cell}<") for cell in ("16 Hög", "12 Hög", "8 Hög", "6 Medel", "3 Låg")] == [1, 2, 2, 2, 2]
    assert "Ändra utkastet" not in html


def test_a_second_draft_is_refused_in_words(client, keeper):
    drafted_matrix(keeper)

    response = client.post(reverse("risk_matrix:draft"), follow=True)

    assert [str(m) for m in response.context["messages"]] == ["Version 1 är redan ett utkast. Fortsätt med den."]


def test_an_empty_list_says_what_will_be_here(client, keeper):
    assert "Ingen riskmatris än" in client.get(reverse("risk_matrix:list")).content.decode()


def test_whoever_reads_risks_sees_the_matrix_and_changes_nothing(client, keeper):
    matrix = drafted_matrix(keeper)
    client.force_login(person(unit_manager=unit(committee())))

    assert client.get(matrix.get_absolute_url()).context["page"].may_change is False
    assert client.get(reverse("risk_matrix:list")).context["page"].may_edit is False
    for name in ("set_up", "put_in_force"):
        assert client.post(reverse(f"risk_matrix:{name}", args=[matrix.pk])).status_code == 403
    assert client.post(reverse("risk_matrix:draft")).status_code == 403


def test_whoever_has_nothing_to_do_with_risks_does_not_find_it(client, keeper):
    matrix = drafted_matrix(keeper)
    client.force_login(person("Ali Strand", employee=committee()))

    assert client.get(matrix.get_absolute_url()).status_code == 404
    assert client.get(reverse("risk_matrix:list")).status_code == 403


def test_markup_is_shown_as_text(client, keeper):
    bands = BANDS | {"red": ("<b>Hög</b>", "<script>x</script>")}
    matrix = drafted_matrix(keeper, bands=bands, note="<img src=x>")

    html = client.get(matrix.get_absolute_url()).content.decode()

    assert ("<b>Hög" in html, "<script>x" in html, "<img src=x" in html) == (False, False, False)


def test_what_was_typed_in_the_draft_stands_there_again(client, keeper):
    matrix = drafted_matrix(keeper)
    page = reverse("risk_matrix:set_up", args=[matrix.pk])
    changed = typed(note="8 är gul.", cell_4_4="yellow", red_name="Oacceptabel", revision=matrix.revision)

    client.post(reverse("drafts:keep"), changed | {"address": page})

    answer = client.get(page)
    form = answer.context["form"]
    assert [form[name].value() for name in ("note", "cell_4_4", "red_name", "revision")] == [
        "8 är gul.",
        "yellow",
        "Oacceptabel",
        str(matrix.revision),
    ]
    assert "Här är ditt utkast från" in answer.content.decode()
    assert f'data-keep="{reverse("drafts:keep")}"' in answer.content.decode()

    client.post(page, changed)
    assert "Här är ditt utkast från" not in client.get(page).content.decode()


def test_what_was_sent_too_late_stands_there_after_the_login(client, keeper):
    matrix = drafted_matrix(keeper)
    page = reverse("risk_matrix:set_up", args=[matrix.pk])
    token = re.search(r'name="once" value="([^"]+)"', client.get(page).content.decode())[1]
    client.logout()

    client.post(page, typed(note="Skrivet i tunneln.") | {"once": token})
    client.force_login(keeper)

    assert client.get(page).context["form"]["note"].value() == "Skrivet i tunneln."
