from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.monitoring.models import RecurringDuty
from hjulet.monitoring.recurring_duties.states import DutyState as S
from tests.factories import committee, person, unit
from tests.monitoring.recurring_duties.walks import finish, first, occurrence_at, plan, template
from tests.monitoring.self_monitoring.walks import every

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def titles(response):
    return [row[0][1].text for row in response.context["shown"].rows]


def url(name, row):
    return reverse(f"recurring_duties:{name}", args=[row.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        plan(manager, home_care, title=f"Rapport {number}", owner_person=person(f"Anna {number}"))

    with django_assert_num_queries(8):
        client.get(reverse("recurring_duties:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_occurrence_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        finish(first(plan(manager, home_care, owner_person=person(f"Anna {number}"))), manager)

    with django_assert_num_queries(8):
        client.get(reverse("recurring_duties:occurrences"))


@pytest.mark.parametrize("months", [12, 1])
def test_detail_statements(client, home_care, manager, months, django_assert_num_queries):
    duty = plan(manager, home_care, months=months)
    finish(first(duty), manager)

    with django_assert_num_queries(6):
        client.get(duty.get_absolute_url())


def test_occurrence_statements(client, home_care, manager, django_assert_num_queries):
    occurrence = occurrence_at(S.DONE, manager, home_care)

    with django_assert_num_queries(8):
        client.get(occurrence.get_absolute_url())


def test_lists_filter_and_come_as_excel(client, home_care, manager):
    plan(manager, home_care, title="Enkät", kind="survey", owner_person=manager)
    plan(manager, home_care, title="Rapport", owner_role="lawyer", first_due_date=date(2026, 1, 31))

    def found(name, query):
        return titles(client.get(reverse(f"recurring_duties:{name}"), query))

    assert found("list", {}) == ["Enkät", "Rapport"]
    assert found("list", {"kind": "survey"}) == ["Enkät"]
    assert found("list", {"owner_role": "lawyer"}) == ["Rapport"]
    assert found("list", {"mine": "on"}) == ["Enkät"]
    assert found("list", {"q": "rap"}) == ["Rapport"]
    assert found("occurrences", {"year": 2026}) == ["Rapport", "Enkät"]
    assert found("occurrences", {"overdue": "on"}) == ["Rapport"]
    assert found("occurrences", {"mine": "on", "year": 2027}) == ["Enkät"]
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("recurring_duties:list"), {"format": "xlsx"}).content))
    assert [row[0].value for row in book.active] == ["Uppgift", "Enkät", "Rapport"]


def test_a_duty_is_laid_in_the_year_by_form(client, home_care, manager):
    asked = {
        "unit": home_care.pk,
        "title": "Medarbetarenkät",
        "kind": "survey",
        "frequency": every(12).pk,
        "first_due_date": "2026-10-31",
        "lead_days": 60,
        "owner_role": "unit_manager",
    }

    response = client.post(reverse("recurring_duties:plan"), asked)

    duty = RecurringDuty.objects.get()
    assert (response.status_code, response["Location"], duty.title) == (302, duty.get_absolute_url(), "Medarbetarenkät")
    assert client.post(reverse("recurring_duties:plan"), asked | {"first_due_date": "2020-01-01"}).status_code == 422


def test_templates_are_laid_in_the_year_by_form(client, home_care, manager):
    chosen = template()
    elsewhere = unit(committee("Äldrenämnden"), "Hemtjänst Syd")
    page = reverse("recurring_duties:plan_from_templates")

    refused = client.post(page, {"unit": elsewhere.pk, "templates": [chosen.pk]})
    client.post(page, {"unit": home_care.pk, "templates": [chosen.pk]})

    assert (refused.status_code, [duty.title for duty in RecurringDuty.objects.all()]) == (
        422,
        ["Kvalitetsredovisning"],
    )


def test_done_by_form_and_opened_again(client, home_care, manager):
    occurrence = first(plan(manager, home_care))
    page = client.get(occurrence.get_absolute_url()).content.decode()
    assert url("finish", occurrence) in page

    client.post(url("finish", occurrence), {"done_date": "2026-03-16", "result": "Klar.", "link": "", "revision": 1})
    assert "Klar." in client.get(occurrence.get_absolute_url()).content.decode()
    client.post(url("reopen", occurrence), {"reason": "Fel rad."})

    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.result) == (S.PLANNED, "")


def test_set_aside_and_restored_by_form(client, home_care, manager):
    occurrence = first(plan(manager, home_care))

    client.post(url("set_aside", occurrence), {"reason": "Inte i år."})
    page = client.get(occurrence.get_absolute_url()).content.decode()
    client.post(url("restore", occurrence), {"reason": "Jo."})

    occurrence.refresh_from_db()
    assert ("Uppgiften är inte aktuell den här gången." in page, occurrence.state) == (True, S.PLANNED)


def test_changed_and_stopped_by_form(client, home_care, manager):
    duty = plan(manager, home_care)
    typed = {
        "title": "Rapport",
        "kind": "report",
        "frequency": duty.frequency_id,
        "first_due_date": "2026-03-31",
        "lead_days": 30,
        "revision": 1,
    }

    client.post(url("change", duty), typed)
    client.post(url("stop", duty), {"reason": "Slås ihop."})

    duty.refresh_from_db()
    assert (duty.title, duty.stopped_reason) == ("Rapport", "Slås ihop.")
    assert "Uppgiften är stoppad" in client.get(duty.get_absolute_url()).content.decode()


@pytest.mark.parametrize("page", ["change", "stop"])
def test_who_may_only_read_a_duty_changes_nothing(client, home_care, manager, page):
    duty = plan(manager, home_care)
    client.force_login(person("Rita Revisor", auditor=home_care.committee))

    assert client.get(duty.get_absolute_url()).status_code == 200
    assert client.get(url(page, duty)).status_code == 403


@pytest.mark.parametrize("page", ["finish", "reopen", "set_aside", "restore"])
def test_who_may_only_read_an_occurrence_does_nothing(client, home_care, manager, page):
    occurrence = first(plan(manager, home_care))
    client.force_login(person("Rita Revisor", auditor=home_care.committee))

    assert client.get(occurrence.get_absolute_url()).status_code == 200
    assert client.get(url(page, occurrence)).status_code == 403


def test_another_nämnd_finds_nothing_here(client, home_care, manager):
    occurrence = first(plan(manager, home_care))
    client.force_login(person("Ola Berg", quality_developer=committee("Äldrenämnden")))

    addresses = [occurrence.get_absolute_url(), occurrence.duty.get_absolute_url()]
    addresses += [url(page, occurrence) for page in ("finish", "reopen", "set_aside", "restore")]
    addresses += [url(page, occurrence.duty) for page in ("change", "stop")]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert titles(client.get(reverse("recurring_duties:list"))) == []
