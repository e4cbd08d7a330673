from datetime import date

import pytest
from django.urls import reverse

from hjulet.reporting.gaps.queries import gaps_page
from hjulet.reporting.my_work.queries import tasks_of
from hjulet.rulebook.models import ReadingRequest, ReadReceipt
from hjulet.rulebook.receipts.operations import confirm_reading, withdraw_request
from tests.factories import committee, group, person, unit
from tests.lists import fetched
from tests.rulebook.receipts.walks import TODAY, ask, version_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person("Karin Ek", unit_manager=home_care)
    client.force_login(manager)
    return manager


def cells(response, *keys):
    return [[str(value) for column, value in row if column.key in keys] for row in response.context["shown"].rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_to_read_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        ask(version_in_force(home_care.parent, title=f"Rutin {number}"), manager, home_care)
        confirm_reading(version_in_force(home_care.parent, title=f"Läst {number}"), by=manager)
        version_in_force(home_care.parent, title=f"Ny {number}", valid_from=TODAY)

    with django_assert_num_queries(7):
        client.get(reverse("receipts:to_read"))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        ask(version_in_force(home_care.parent, title=f"Rutin {number}"), manager, home_care)
        person(f"Anna {number}", employee=home_care)

    with django_assert_num_queries(8):
        client.get(reverse("receipts:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    asked = ask(version_in_force(home_care.parent), manager, home_care)
    for number in range(rows):
        person(f"Anna {number}", employee=group(home_care, f"Grupp {number}"))

    with django_assert_num_queries(9):
        client.get(asked.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_statements(client, home_care, manager, rows, django_assert_num_queries):
    version = version_in_force(home_care.parent)
    for number in range(rows):
        ask(version, manager, group(home_care, f"Grupp {number}"))

    with django_assert_num_queries(8):
        client.get(reverse("receipts:panel", args=[version.pk]))


def test_several_are_confirmed_where_they_wait(client, home_care, manager):
    asked = [ask(version_in_force(home_care.parent, title=f"Rutin {n}"), manager, home_care) for n in range(3)]
    page = client.get(reverse("receipts:to_read"))
    assert page.context["page"].waiting == asked

    client.post(reverse("receipts:confirm_several"), {"requests": [asked[0].pk, asked[2].pk]})
    again = client.post(reverse("receipts:confirm_several"), {}, follow=True)

    assert [str(message) for message in again.context["messages"]] == [
        "2 dokument är lästa.",
        "Välj minst ett dokument.",
    ]
    assert again.context["page"].waiting == [asked[1]]
    assert {receipt.version for receipt in again.context["page"].read} == {asked[0].version, asked[2].version}


def test_confirmed_from_the_page_of_the_document(client, home_care, manager):
    version = version_in_force(home_care.parent)
    ask(version, manager, home_care)
    url = reverse("receipts:panel", args=[version.pk])
    assert 'action="/att-lasa/versioner/' in client.get(url).content.decode()

    client.post(reverse("receipts:confirm", args=[version.pk]))
    part, whole = client.get(url, headers={"HX-Request": "true"}), client.get(url)

    assert ReadReceipt.objects.get().person == manager
    assert part.content.decode().strip() in whole.content.decode()
    assert "Du har läst och förstått den här versionen" in part.content.decode()


def test_asked_and_taken_back_on_pages(client, home_care, manager):
    version = version_in_force(home_care.parent)
    url = reverse("receipts:ask", args=[version.pk])
    wrong = client.post(url, {"unit": home_care.pk, "due_date": "2026-03-01"})
    assert wrong.status_code == 422

    client.post(url, {"unit": home_care.pk, "roles": ["employee"], "due_date": "2026-04-01"})
    asked = ReadingRequest.objects.get()
    assert (asked.unit, asked.roles, asked.due_date) == (home_care, ["employee"], date(2026, 4, 1))
    client.post(reverse("receipts:withdraw", args=[asked.pk]), {"reason": "Fel."})
    assert "Begäran är tagen tillbaka" in client.get(asked.get_absolute_url()).content.decode()


def test_list_filters_and_comes_as_excel(client, home_care, manager):
    anna = person("Anna Berg", employee=home_care)
    late = version_in_force(home_care.parent, title="Sen rutin")
    ask(late, manager, home_care, roles=["employee"], due_date=date(2026, 3, 16))
    ask(version_in_force(home_care.parent, title="Rutin"), manager, home_care)
    gone = ask(version_in_force(home_care.parent, title="Borta"), manager, home_care, roles=["lawyer"])
    withdraw_request(gone, by=manager, reason="Fel.")
    ReadingRequest.objects.filter(version=late).update(asked_date=date(2026, 2, 1), due_date=date(2026, 3, 1))

    def found(**query):
        return cells(client.get(reverse("receipts:list"), query), "title", "share")

    assert found() == [["Sen rutin", "0 av 1"], ["Rutin", "0 av 2"]]
    assert found(overdue="on") == [["Sen rutin", "0 av 1"]]
    assert found(role="lawyer") == [["Rutin", "0 av 2"]]
    assert [row[0] for row in found(earlier="on", sort="title")] == ["Borta", "Rutin", "Sen rutin"]
    assert found(q="sen") == [["Sen rutin", "0 av 1"]]
    assert found(unit=home_care.pk) == [["Sen rutin", "0 av 1"], ["Rutin", "0 av 2"]]
    confirm_reading(late, by=anna)
    assert found(overdue="on") == []
    header, *rows = list(fetched(client, reverse("receipts:list")).active.values)
    assert [(row[header.index("Läst av")], row[header.index("Andel, %")]) for row in rows] == [
        ("1 av 1", 100),
        ("0 av 2", 0),
    ]


def test_another_committee_sees_nothing(client, home_care, manager):
    other = unit(committee("Äldrenämnden"), "Hemtjänst Syd")
    version = version_in_force(other.parent)
    asked = ask(version, person("Annan Ek", unit_manager=other), other)

    assert cells(client.get(reverse("receipts:list")), "title") == []
    assert client.get(asked.get_absolute_url()).status_code == 404
    assert client.get(reverse("receipts:withdraw", args=[asked.pk])).status_code == 404
    assert client.get(reverse("receipts:panel", args=[version.pk])).status_code == 404
    assert client.get(reverse("receipts:ask", args=[version.pk])).status_code == 404
    assert client.post(reverse("receipts:confirm", args=[version.pk])).status_code == 404


def test_awaits_the_reader_and_is_a_gap_when_the_day_has_passed(home_care, manager):
    asked = ask(version_in_force(home_care.parent), manager, home_care)
    ReadingRequest.objects.update(asked_date=date(2026, 2, 1), due_date=date(2026, 3, 1))

    assert [(task.kind, task.title, task.day, task.url) for task in tasks_of(manager)] == [
        ("Läs dokumentet", "Rutin för basal hygien", date(2026, 3, 1), asked.get_absolute_url())
    ]
    assert list(gaps_page(manager, "reading-late", None).rows) == [asked]
    confirm_reading(asked.version, by=manager)
    assert tasks_of(manager) == []
    assert list(gaps_page(manager, "reading-late", None).rows) == []
