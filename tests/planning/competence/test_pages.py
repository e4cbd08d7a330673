from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.planning.models import CompetenceNeed, Risk
from tests.factories import committee, person, unit
from tests.lists import agreed, edit, fetched, sent, told
from tests.planning import walks as planning
from tests.planning.competence.walks import TODAY, competence, count, need

pytestmark = pytest.mark.django_db

CHANGING = ("change", "count", "end")
LIST = reverse("competence:list")


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


@pytest.fixture
def member(home_care):
    return person("Lena Ledamot", committee_member=home_care.committee)


def cells(response, *keys):
    """The texts of the columns of each row."""
    return [tuple(str(value) for column, value in row if column.key in keys) for row in response.context["shown"].rows]


def url(name, row, *more):
    return reverse(f"competence:{name}", args=[row.pk, *more])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        need(manager, home_care, role_title=f"Roll {number}", owner_person=person(f"Anna {number}"))

    with django_assert_num_queries(9):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_map_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        need(manager, home_care, role_title=f"Roll {number}")

    with django_assert_num_queries(7):
        client.get(reverse("competence:map"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    planning.analysis(manager, home_care)
    row = need(manager, home_care)
    for _number in range(rows):
        count(row, manager)

    with django_assert_num_queries(11):
        client.get(row.get_absolute_url())


def test_list_filters_and_sorts(client, home_care, manager):
    need(manager, home_care, role_title="Kock", competence=competence("Mat"), have=8)
    need(manager, home_care, role_title="Vårdbiträde", have=None, headcount=None)
    need(manager, home_care)

    def found(**query):
        return [role for (role,) in cells(client.get(LIST, query), "role_title")]

    assert found() == ["Kock", "Undersköterska", "Vårdbiträde"]
    assert found(lacking="on") == ["Undersköterska"]
    assert found(competence=competence("Mat").pk) == ["Kock"]
    assert found(q="bit") == ["Vårdbiträde"]
    assert found(unit=home_care.pk) == ["Kock", "Undersköterska", "Vårdbiträde"]
    assert found(sort="-have") == ["Kock", "Undersköterska", "Vårdbiträde"]
    assert cells(client.get(LIST), "needed", "have", "gap") == [
        ("8", "8", "Inget fattas"),
        ("8", "5", "3 fattas"),
        ("8", "inte räknat", "inte räknat"),
    ]


def test_what_is_no_longer_needed_is_left_out_until_asked_for(client, home_care, manager):
    row = need(manager, home_care)
    client.post(url("end", row), {"reason": "Uppdraget är borta."})

    assert cells(client.get(LIST), "role_title") == []
    assert cells(client.get(LIST, {"ended": "on"}), "role_title") == [("Undersköterska",)]
    assert "Uppdraget är borta." in client.get(row.get_absolute_url()).content.decode()


def test_a_small_group_is_hidden_on_every_page_and_in_the_file(client, home_care, manager, member):
    row = need(manager, home_care, needed=3, have=1, headcount=4)
    need(manager, home_care, role_title="Kock", needed=41, have=37, headcount=52)
    client.force_login(member)

    shown = {"format": "xlsx", "kol": ["role_title", "have", "gap", "headcount"]}
    book = openpyxl.load_workbook(BytesIO(client.get(LIST, shown).content))
    assert [[cell.value for cell in line] for line in list(book.active)[1:]] == [
        ["Kock", 37, "4 fattas", 52],
        ["Undersköterska", "färre än 5", "färre än 5", "färre än 5"],
    ]
    assert cells(client.get(LIST, {"lacking": "on"}), "role_title") == [("Kock",)]
    for page in (row.get_absolute_url(), reverse("competence:map")):
        main = client.get(page).content.decode().partition("<main")[2]
        assert ("1 av 3" in main, "färre än 5" in main) == (False, True)
    client.force_login(manager)
    assert "1 av 3" in client.get(reverse("competence:map")).content.decode()


def test_what_hides_does_not_show_in_the_order(client, home_care, manager, member):
    for role, have in (("A", 4), ("B", 0), ("C", 2)):
        need(manager, home_care, role_title=role, have=have, headcount=4, needed=4)
    client.force_login(member)

    orders = {sort: cells(client.get(LIST, {"sort": sort}), "role_title") for sort in ("have", "gap")}

    assert orders == {"have": [("A",), ("B",), ("C",)], "gap": [("A",), ("B",), ("C",)]}


def test_the_map_is_filtered_by_unit(client, home_care, manager):
    need(manager, home_care)
    south = unit(home_care.committee, "Hemtjänst Söder")
    need(person("Syd Chef", unit_manager=south), south, role_title="Kock")
    client.force_login(person("Kim Kvalitet", quality_developer=home_care.committee))

    page = client.get(reverse("competence:map"), {"unit": south.pk})

    assert [row.role_title for row in page.context["map"].rows] == ["Kock"]


def test_mapped_by_form(client, home_care, manager):
    asked = {
        "unit": home_care.pk,
        "role_title": "Undersköterska",
        "competence": competence().pk,
        "needed": "8",
        "have": "5",
        "headcount": "12",
        "counted_date": "2026-03-16",
        "plan": "",
    }

    refused = client.post(reverse("competence:map_need"), asked | {"have": "13"})
    response = client.post(reverse("competence:map_need"), asked)

    row = CompetenceNeed.objects.get()
    assert (refused.status_code, response["Location"], row.have) == (422, row.get_absolute_url(), 5)
    assert client.post(reverse("competence:map_need"), asked).status_code == 422


def test_counted_and_planned_by_form(client, home_care, manager):
    row = need(manager, home_care)

    client.post(
        url("count", row), {"needed": "8", "have": "7", "headcount": "12", "counted_date": "2026-03-15", "note": ""}
    )
    client.post(url("change", row), {"plan": "Kurs", "plan_due_date": "2026-05-31", "revision": 1})

    row.refresh_from_db()
    assert (row.counts.count(), row.have, row.plan, row.plan_due_date) == (2, 5, "Kurs", date(2026, 5, 31))


def test_a_gap_becomes_an_action_and_a_risk_without_figures(client, home_care, manager):
    analysis = planning.analysis(manager, home_care)
    row = need(manager, home_care)
    pages = url("plan_action", row), url("identify_risk", row, analysis.pk)
    asked = [client.get(page).context["form"].initial for page in pages]

    client.post(pages[0], {"title": "Kurs", "description": "Håll den."})
    client.post(pages[1], {"title": "Fel", "deficiency": "För få.", "quality_area": planning.quality_area().pk})

    assert (row.actions.get(), row.risks.get()) == (Action.objects.get(), Risk.objects.get())
    assert [(first["title"], first.get("description", first.get("deficiency"))) for first in asked] == [
        ("Täck behovet av Demensvård", "Hemtjänst Norr, Undersköterska: Demensvård"),
        ("För få har kompetensen Demensvård", "Hemtjänst Norr, Undersköterska: Demensvård"),
    ]


def test_plans_are_changed_in_excel(client, home_care, manager):
    row = need(manager, home_care)
    book = edit(fetched(client, LIST), G2="Kurs i maj")

    preview = sent(client, reverse("competence:read_in"), book)
    agreed(client, reverse("competence:read_in"), preview)

    row.refresh_from_db()
    assert (told(preview.context["outcome"])[1], row.plan) == ([], "Kurs i maj")


def test_who_may_only_read_changes_nothing(client, home_care, manager, member):
    row = need(manager, home_care)
    client.force_login(member)

    assert client.get(row.get_absolute_url()).status_code == 200
    pages = [url(name, row) for name in (*CHANGING, "plan_action")]
    pages += [reverse(f"competence:{name}") for name in ("map_need", "read_in")]
    assert {client.get(page).status_code for page in pages} == {403}


def test_another_nämnd_finds_nothing_here(client, home_care, manager):
    row = need(manager, home_care)
    analysis = planning.analysis(manager, home_care)
    client.force_login(person("Ola Berg", quality_developer=committee("Äldrenämnden")))

    addresses = [row.get_absolute_url(), url("identify_risk", row, analysis.pk)]
    addresses += [url(name, row) for name in (*CHANGING, "plan_action")]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert cells(client.get(LIST), "role_title") == []
    assert client.get(reverse("competence:map")).context["map"].rows == []


def test_nobody_counts_tomorrow(client, home_care, manager):
    row = need(manager, home_care)

    response = client.post(
        url("count", row), {"needed": "8", "have": "7", "headcount": "12", "counted_date": "2026-03-17"}
    )

    assert (response.status_code, row.counts.get().counted_date) == (422, TODAY)
