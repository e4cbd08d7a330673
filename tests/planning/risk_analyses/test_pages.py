from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.planning.models import RiskAnalysis
from hjulet.planning.risk_analyses import operations
from hjulet.planning.risks import operations as risks
from tests.factories import committee, person, unit
from tests.planning.walks import analysis, assess, risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


@pytest.fixture
def outsider():
    return person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"), "Särskilt boende"))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for year in range(rows):
        risk(manager, analysis(manager, home_care, 2024 + year))

    with django_assert_num_queries(8):
        client.get(reverse("risk_analyses:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    year = analysis(manager, home_care)
    for number in range(rows):
        risk(manager, year, 1, 1 + number)

    with django_assert_num_queries(12):
        client.get(year.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_picture_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        year = analysis(manager, home_care, 2024 + number)
        for severity in range(1, rows + 1):
            assess(risk(manager, year, 4, severity), manager, 1, severity)

    with django_assert_num_queries(10):
        client.get(reverse("risk_analyses:matrix"))


def test_list_shows_latest_first_and_counts_what_is_left(client, home_care, manager):
    old = analysis(manager, home_care, 2025)
    risk(manager, old)
    gone = risk(manager, old)
    risks.mark_change(gone, by=manager, change="gone", reason="Inte vårt.")
    new = analysis(manager, home_care, 2026)

    response = client.get(reverse("risk_analyses:list"))
    rows = [(cells[0][1].href, cells[4][1]) for cells in response.context["shown"].rows]

    assert rows == [(new.get_absolute_url(), 0), (old.get_absolute_url(), 1)]

    sheet = openpyxl.load_workbook(
        BytesIO(client.get(reverse("risk_analyses:list"), {"format": "xlsx", "year": 2025}).content)
    ).active
    assert [[cell.value for cell in row][:5] for row in sheet.iter_rows(min_row=2)] == [
        ["Riskanalys 2025, Hemtjänst Norr", 2025, "Hemtjänst Norr", "Pågår", 1]
    ]


def test_filters(client, home_care, manager, outsider):
    member = person("Nils", committee_member=home_care.committee)
    client.force_login(member)
    here = analysis(manager, home_care, 2025)
    social = person("Siv", social_director=home_care.committee)
    above = analysis(social, home_care.committee, 2026)
    risk(social, above, 1, 1)
    operations.conclude_analysis(above, by=social)
    analysis(outsider, outsider.role_assignments.get().unit)

    def shown(**query):
        response = client.get(reverse("risk_analyses:list"), query)
        return [cells[0][1].href for cells in response.context["shown"].rows]

    assert shown() == [above.get_absolute_url(), here.get_absolute_url()]
    assert shown(unit=home_care.pk) == [here.get_absolute_url()]
    assert shown(unit=home_care.committee_id) == [above.get_absolute_url(), here.get_absolute_url()]
    assert shown(year=2025) == [here.get_absolute_url()]
    assert shown(state="concluded") == [above.get_absolute_url()]


def test_a_year_on_pages(client, home_care, manager):
    analysis(manager, home_care, 2025)
    response = client.post(reverse("risk_analyses:start"), {"unit": home_care.pk, "year": 2026})
    year = RiskAnalysis.objects.get(year=2026)
    assert response.url == year.get_absolute_url()
    risk(manager, year, 1, 1)

    client.post(reverse("risk_analyses:conclude", args=[year.pk]))
    client.post(reverse("risk_analyses:reopen", args=[year.pk]), {"reason": "En risk glömdes."})
    response = client.post(reverse("risk_analyses:start_next", args=[year.pk]))

    following = RiskAnalysis.objects.get(year=2027)
    assert (response.url, following.previous) == (following.get_absolute_url(), year)
    assert [step.move for step in year.steps.all()] == ["conclude", "reopen"]
    page = client.get(year.get_absolute_url()).context["page"]
    assert (page.following, page.obstacle_to_starting_next) == (following, "Det finns redan en riskanalys för 2027.")


def test_starting_the_same_year_twice_says_so(client, home_care, manager):
    analysis(manager, home_care, 2026)

    response = client.post(reverse("risk_analyses:start"), {"unit": home_care.pk, "year": 2026})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["Det finns redan en riskanalys för enheten och året."]


def test_the_page_leads_to_what_is_broken(client, home_care, manager):
    year = analysis(manager, home_care)
    risk(manager, year, 4, 4)
    risk(manager, year, 2, 2)

    page = client.get(year.get_absolute_url()).context["page"]

    assert [(level.band.name, level.count) for level in page.levels] == [("Hög", 1), ("Medel", 1), ("Låg", 0)]
    assert [(found.sentence, found.url) for found in page.breaks] == [
        ("1 röd risk saknar åtgärd med ansvarig och sista dag.", f"/risker/?analysis={year.pk}&lacking=action"),
        ("1 gul risk saknar fördjupad analys.", f"/risker/?analysis={year.pk}&lacking=analysis"),
    ]
    for place in (*page.levels, *page.breaks):
        listed = client.get(place.url).context["shown"].page.paginator.count
        assert listed == getattr(place, "count", 1)


def test_every_cell_leads_to_as_many_risks_as_it_says(client, home_care, manager):
    year = analysis(manager, home_care)
    for scores in ((4, 4), (4, 4), (2, 3), (3, 2)):
        risk(manager, year, *scores)

    html = client.get(reverse("risk_analyses:matrix")).content.decode()

    for (probability, severity), count in {(4, 4): 2, (2, 3): 1, (3, 2): 1, (1, 1): 0}.items():
        address = f"/risker/?analysis={year.pk}&probability={probability}&severity={severity}"
        assert f'href="{address.replace("&", "&amp;")}"' in html
        assert client.get(address).context["shown"].page.paginator.count == count


def test_the_picture_is_a_table_too_and_tells_what_moved(client, home_care, manager):
    year = analysis(manager, home_care)
    for _number in range(2):
        assess(risk(manager, year, 3, 4), manager, 2, 3)

    response = client.get(reverse("risk_analyses:matrix"), {"analysis": year.pk})

    html = response.content.decode()
    assert response.context["page"].moves == ("↓ 2 risker har flyttat från 12 till 6.",)
    assert "Medel 6: 2 st" in html
    assert '<th scope="row"' in html


def test_the_latest_analysis_is_shown_unless_another_is_chosen(client, home_care, manager, outsider):
    old, new = analysis(manager, home_care, 2025), analysis(manager, home_care, 2026)
    hidden = analysis(outsider, outsider.role_assignments.get().unit, 2027)

    def shown(chosen):
        return client.get(reverse("risk_analyses:matrix"), chosen).context["choice"].chosen

    chosen = ({}, {"analysis": old.pk}, {"analysis": hidden.pk}, {"analysis": "x"}, {"analysis": new.pk, "year": 2025})
    assert [shown(choice) for choice in chosen] == [new, old, new, new, old]
    assert [shown({"year": year}) for year in (2025, 2027, "x")] == [old, new, new]


def test_counts_stay_within_the_committee(client, home_care, manager, outsider):
    there = analysis(outsider, outsider.role_assignments.get().unit)
    risk(outsider, there, 4, 4)

    assert client.get(reverse("risk_analyses:matrix")).context["page"] is None
    assert "Inga riskanalyser här" in client.get(reverse("risk_analyses:matrix")).content.decode()
    for name in ("detail", "start_next", "reopen"):
        assert client.get(reverse(f"risk_analyses:{name}", args=[there.pk])).status_code == 404
    assert client.post(reverse("risk_analyses:conclude", args=[there.pk])).status_code == 404


def test_reader_is_refused_what_only_leaders_do(client, home_care, manager):
    year = analysis(manager, home_care)
    client.force_login(person("Nils", committee_member=home_care.committee))

    assert client.get(year.get_absolute_url()).context["page"].may_edit is False
    for name in ("start_next", "reopen", "conclude"):
        assert client.post(reverse(f"risk_analyses:{name}", args=[year.pk])).status_code == 403
    assert client.post(reverse("risk_analyses:start")).status_code == 403
    assert "Börja en riskanalys" not in client.get(reverse("risk_analyses:list")).content.decode()
