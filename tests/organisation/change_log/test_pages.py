from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.audit.models import Event
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.people.operations import change_person, choose_own_password
from hjulet.organisation.units.operations import change_unit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client):
    person = factories.person("Rut Revisor", auditor=factories.municipality())
    client.force_login(person)
    return person


@pytest.fixture
def changed(committee):
    """Two events in two units, one of a person and so of no unit."""
    siv = factories.person("Siv System", system_administrator=factories.municipality())
    unit = factories.unit(committee)
    change_unit(unit, by=siv, revision=1, name="Hemtjänst Syd", code="")
    change_unit(factories.committee("Skolnämnden"), by=siv, revision=1, name="Barnnämnden", code="BN")
    change_person(siv, by=siv, revision=siv.revision, name="Siv Systemsson", email=siv.email, title="")
    return unit


def shown(client, **given):
    rows = client.get(reverse("audit:list"), given).context["shown"].rows
    return [tuple(str(cell) for _column, cell in row[2:]) for row in rows]


@pytest.mark.parametrize("events", [1, 3])
def test_list_statements(client, auditor, events, django_assert_num_queries):
    person = factories.person("Karin Ek")
    for _ in range(events):
        choose_own_password(person, by=person, password=factories.PASSWORD)

    with django_assert_num_queries(8):
        client.get(reverse("audit:list"))


def test_events_read_as_sentences_latest_first(client, auditor, changed):
    school = Unit.objects.get(name="Barnnämnden")
    siv = Person.objects.get(name="Siv Systemsson")

    assert shown(client) == [
        ("Siv Systemsson", "ändrade", f"person {siv.pk}", "None", "Namn"),
        ("Siv System", "ändrade", f"enhet {school.pk}", "Barnnämnden", "Namn, Beteckning"),
        ("Siv System", "ändrade", f"enhet {changed.pk}", "Hemtjänst Syd", "Namn"),
    ]


def test_the_log_is_read_where_the_role_is_held(client, committee, changed):
    client.force_login(factories.person("Kim", quality_developer=committee))

    assert [row[3] for row in shown(client)] == ["Hemtjänst Syd"]
    assert [client.get(reverse("audit:detail", args=[number])).status_code for number in (1, 2, 3, 4)] == [
        200,
        404,
        404,
        404,
    ]


def test_list_filters(client, auditor, changed, clock):
    clock.shift(24 * 3600)
    client.force_login(auditor)
    person = factories.person("Karin Ek")
    choose_own_password(person, by=person, password=factories.PASSWORD)

    def verbs(**given):
        return [(row[0], row[1]) for row in shown(client, **given)]

    assert verbs(unit=changed.committee_id) == [("Siv System", "ändrade")]
    assert verbs(q="karin") == [("Karin Ek", "valde nytt lösenord för")]
    assert verbs(kind="organisation.person") == [
        ("Karin Ek", "valde nytt lösenord för"),
        ("Siv Systemsson", "ändrade"),
    ]
    assert verbs(first="2026-03-17") == [("Karin Ek", "valde nytt lösenord för")]
    assert len(verbs(last="2026-03-16")) == 3


def test_an_event_shows_before_and_after(client, auditor, changed):
    page = client.get(reverse("audit:detail", args=[2]))

    assert [(value.label, value.before, value.after) for value in page.context["values"]] == [
        ("Namn", "Skolnämnden", "Barnnämnden"),
        ("Beteckning", "", "BN"),
    ]


def test_excel_holds_the_filtered_events(client, auditor, changed):
    response = client.get(reverse("audit:list"), {"format": "xlsx", "kind": "organisation.person"})

    header, row = openpyxl.load_workbook(BytesIO(response.content))["Ändringslogg"].iter_rows(values_only=True)
    assert header == ("Nr", "När", "Vem", "Gjorde vad", "Med vad", "Enhet", "Uppgifter")
    assert row[:4] == ("3", "2026-03-16 10:00:00", "Siv Systemsson", "ändrade")


def test_whoever_does_not_read_the_log_is_refused(client, committee):
    client.force_login(factories.person("Eva", unit_manager=committee))

    assert client.get(reverse("audit:list")).status_code == 403
    assert Event.objects.count() == 0
