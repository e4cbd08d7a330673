from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.collaboration.registers.operations import save_register_row
from hjulet.collaboration.registers.responsibilities import ORGANISATION_TEXTS
from hjulet.organisation.deputies.operations import give_deputy
from hjulet.organisation.models import AreaResponsibility
from hjulet.organisation.responsibilities.operations import end_responsibility
from hjulet.organisation.units.models import UnitKind
from tests import factories
from tests.organisation.responsibilities.walks import answer, area, expect, text

pytestmark = pytest.mark.django_db
INDEX, MAP, LIST = (reverse(f"responsibilities:{name}") for name in ("index", "map", "list"))
MARKED = {"role": "social_director", "plans": "on", "valid_from": "2026-01-01"}


@pytest.fixture
def developer(client, committee):
    person = factories.person("Kim Kvalitet", quality_developer=committee)
    client.force_login(person)
    return person


def told(shown_map):
    """Each line of the map: where, which role, who with whose deputies, and whether nobody has it."""
    return [
        (
            row.unit.name,
            row.role.key,
            [(holder.person.name, [deputy.name for deputy in holder.deputies]) for holder in row.holders],
            row.count,
        )
        for row in shown_map.rows
    ]


@pytest.mark.parametrize("units", [1, 3])
def test_statements(client, committee, developer, units, django_assert_max_num_queries):
    expect("unit_manager", UnitKind.UNIT)
    for number in range(units):
        unit = factories.unit(committee, f"Enhet {number}")
        factories.person(f"Chef {number}", unit_manager=unit)
        answer(developer, area(f"Område {number}", number), unit)
        text(order=number)

    counts = {}
    for page in (INDEX, MAP, LIST, AreaResponsibility.objects.first().get_absolute_url()):
        with django_assert_max_num_queries(12) as asked:
            client.get(page)
        counts[page] = len(asked)
    assert list(counts.values()) == [12, 9, 9, 5]


def test_the_map_says_who_has_which_role_and_what_is_missing(client, committee, developer):
    office = factories.administration(committee)
    north, south = factories.unit(office), factories.unit(office, "Hemtjänst Söder")
    head = factories.person("Karin Ek", unit_manager=north)
    deputy = factories.person("Tove Tillfällig", employee=north)
    give_deputy(
        head.role_assignments.get(), by=head, person=deputy, valid_from=date(2026, 3, 16), valid_to=date(2026, 3, 20)
    )
    factories.assign(factories.person("Förra"), "unit_manager", south, valid_to=date(2026, 3, 15))
    factories.person("Dag", social_director=office)
    for role, kind in (
        ("unit_manager", UnitKind.UNIT),
        ("social_director", UnitKind.COMMITTEE),
        ("committee_secretary", UnitKind.COMMITTEE),
    ):
        expect(role, kind)

    shown = client.get(MAP).context["map"]

    assert told(shown) == [
        ("Socialnämnden", "committee_secretary", [], 0),
        ("Socialnämnden", "quality_developer", [("Kim Kvalitet", [])], 1),
        ("Socialförvaltningen", "social_director", [("Dag", [])], 1),
        ("Hemtjänst Norr", "unit_manager", [("Karin Ek", ["Tove Tillfällig"])], 1),
        ("Hemtjänst Norr", "employee", [], 1),
        ("Hemtjänst Söder", "unit_manager", [], 0),
    ]
    assert [(row.unit, row.role.key) for row in shown.vacancies] == [
        (committee, "committee_secretary"),
        (south, "unit_manager"),
    ]
    whole = {row.role.key: (row.count, [unit.name for unit in row.missing_in]) for row in shown.whole}
    assert {role: said for role, said in whole.items() if said != (0, [])} == {
        "committee_secretary": (0, ["Socialnämnden"]),
        "social_director": (1, []),
        "quality_developer": (1, []),
        "unit_manager": (1, ["Hemtjänst Söder"]),
        "employee": (1, []),
    }
    page = client.get(MAP).content.decode()
    assert page.count(">Saknas<") == 4
    assert "ersätts av Tove Tillfällig" in page


def test_one_unit_of_the_map_and_its_files(client, committee, developer):
    north, south = factories.unit(committee), factories.unit(committee, "Hemtjänst Söder")
    factories.person("Karin Ek", unit_manager=north)
    factories.person("Sven Ek", unit_manager=south)

    assert told(client.get(MAP, {"enhet": south.pk}).context["map"]) == [
        ("Hemtjänst Söder", "unit_manager", [("Sven Ek", [])], 1)
    ]
    content = client.get(reverse("responsibilities:map_file", args=["xlsx"]), {"enhet": south.pk}).content
    rows = list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows == [
        ("Hemtjänst Söder", "Enhetschef", "Ja", "Ja", "", "Ja", "", "Ja", "Sven Ek", "", "Finns"),
    ]


@pytest.mark.parametrize(("format", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_every_file(client, committee, developer, format, start):
    expect("unit_manager", UnitKind.UNIT)
    factories.unit(committee)
    text()
    answer(developer, area(), committee, comment="Med webben.")
    area("Utan ansvarig", 2)

    for page in ("file", "map_file"):
        assert client.get(reverse(f"responsibilities:{page}", args=[format])).content.startswith(start)
    assert client.get(reverse("responsibilities:file", args=["odt"])).status_code == 404


def test_how_the_work_is_organised(client, committee, developer):
    answered, lacking = area(), area("Samverkan", 2)
    area("Gammalt", 3, valid_to=date(2025, 12, 31))
    responsibility = answer(developer, answered, committee)
    text()

    response = client.get(INDEX)

    page = response.context["page"]
    assert [(found.area, found.responsibilities) for found in page.areas] == [
        (answered, [responsibility]),
        (lacking, []),
    ]
    content = response.content.decode()
    assert "<strong>leder</strong>" in content
    assert (content.count("Ingen ansvarar för området"), content.count("Ingen har rollen")) == (1, 1)
    factories.person("Dag", social_director=factories.administration(committee))
    assert client.get(INDEX).content.decode().count("Ingen har rollen") == 0


def test_what_is_said_of_the_municipality_holds_in_every_committee(client, committee, developer):
    administrator = factories.person("Siv", system_administrator=factories.municipality(), employee=committee)
    client.force_login(administrator)
    responsibility = answer(administrator, area(), factories.municipality())

    page = client.get(INDEX, {"enhet": committee.pk}).context["page"]

    assert [found.responsibilities for found in page.areas] == [[responsibility]]


def test_the_texts_are_changed_in_their_register(client, committee, developer):
    chapter = text()
    values = ORGANISATION_TEXTS.values_of(chapter) | {"body": "Så här gör vi nu."}

    save_register_row(chapter, by=developer, register=ORGANISATION_TEXTS, **values)

    assert "Så här gör vi nu." in client.get(INDEX).content.decode()
    history = client.get(reverse("registers:row", args=["organisationstexter", chapter.pk])).context["history"]
    assert [version.number for version in history] == [2, 1]


def test_a_responsibility_is_given_changed_and_ended(client, committee, developer):
    accessibility = area()

    typed = MARKED | {"area": accessibility.pk, "unit": committee.pk}
    answer_url = client.post(reverse("responsibilities:make_responsible"), typed).url
    responsibility = AreaResponsibility.objects.get()
    assert (answer_url, responsibility.in_words) == (responsibility.get_absolute_url(), "Planera")

    change, end = (reverse(f"responsibilities:{name}", args=[responsibility.pk]) for name in ("change", "end"))
    client.post(change, {"role": "unit_manager", "leads": "on", "valid_from": "2026-01-01", "revision": 1})
    responsibility.refresh_from_db()
    assert (responsibility.role, responsibility.in_words) == ("unit_manager", "Leda")
    client.post(end, {"valid_to": "2026-03-20"})
    responsibility.refresh_from_db()
    assert responsibility.valid_to == date(2026, 3, 20)


def test_the_form_asks_for_at_least_one_thing(client, committee, developer):
    typed = MARKED | {"area": area().pk, "unit": committee.pk}
    del typed["plans"]

    form = client.post(reverse("responsibilities:make_responsible"), typed).context["form"]

    assert form.non_field_errors() == ["Välj minst en sak som rollen ansvarar för."]


def test_the_gap_of_a_committee_opens_with_the_area_that_lacks_somebody(client, committee, developer):
    answer(developer, area(), committee)
    lacking = area("Samverkan", 2)

    form = client.get(reverse("responsibilities:answer_for", args=[committee.pk])).context["form"]

    assert (form.initial["area"], form.initial["unit"]) == (lacking, committee)


def test_list_filters(client, committee, developer):
    north = factories.unit(committee)
    first, second = area(), area("Samverkan", 2)
    answer(developer, first, committee)
    answer(developer, second, north, role="unit_manager")
    ended = answer(developer, second, committee, role="lawyer")
    end_responsibility(ended, by=developer, valid_to=date(2026, 3, 15))

    def shown(**given):
        return [(str(row[0][1]), str(row[1][1])) for row in client.get(LIST, given).context["shown"].rows]

    all_now = [("Tillgänglighet", "Socialdirektör"), ("Samverkan", "Enhetschef")]
    assert shown() == all_now
    assert shown(over="on") == [*all_now, ("Samverkan", "Jurist")]
    assert shown(unit=north.pk) == shown(role="unit_manager") == shown(area=second.pk) == all_now[1:]
    assert client.get(LIST, {"format": "xlsx"}).content[:2] == b"PK"


def test_nothing_of_another_committee_is_seen(client, committee, developer):
    responsibility = answer(developer, area(), committee)
    elsewhere = factories.committee("Äldrenämnden")
    client.force_login(factories.person("Grann", quality_developer=elsewhere))

    pages = [responsibility.get_absolute_url(), reverse("responsibilities:answer_for", args=[committee.pk])]
    pages += [reverse(f"responsibilities:{name}", args=[responsibility.pk]) for name in ("change", "end")]
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert list(client.get(LIST).context["shown"].rows) == []
    for page in (INDEX, MAP):
        assert client.get(page, {"enhet": committee.pk}).context["choice"].unit == elsewhere


def test_whoever_only_reads_changes_nothing(client, committee, developer):
    responsibility = answer(developer, area(), committee)
    client.force_login(factories.person("Mia", employee=committee))

    assert client.get(responsibility.get_absolute_url()).context["may_edit"] is False
    pages = [reverse(f"responsibilities:{name}", args=[responsibility.pk]) for name in ("change", "end")]
    pages += [reverse("responsibilities:answer_for", args=[committee.pk])]
    pages += [reverse("responsibilities:make_responsible")]
    assert [client.get(page).status_code for page in pages] == [403] * 4


def test_whoever_sees_no_unit_is_told_so(client):
    client.force_login(factories.person("Ada", provider_contact=factories.provider()))

    assert [client.get(page).status_code for page in (INDEX, MAP, LIST)] == [403] * 3
    client.force_login(factories.person("Siv", system_administrator=factories.municipality()))
    assert "Inget att visa" in client.get(INDEX).content.decode()
