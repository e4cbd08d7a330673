"""Whoever has no access is refused, told so in words, and learns nothing else."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests import factories
from tests.journeys.beginnings import given_a_year_under_way, given_an_empty_installation, given_someone

NOT_THERE = "Sidan finns inte, eller så får du inte se den"
LISTS = ("risks:list", "actions:list", "self_monitoring:list", "quality_plan:list", "follow_up:list")


@pytest.fixture
def two_committees():
    return given_an_empty_installation("Socialnämnden", "Äldrenämnden").committees


def test_another_committees_year_is_not_there(visitor, width, two_committees):
    """Secrecy runs between nämnder: also whoever does the same work in the next one is told that nothing is there."""
    own, other = two_committees
    year = given_a_year_under_way(other)
    she = visitor(given_someone("Kajsa Kvist", "quality_developer", own), width)

    for address in addresses_in(year):
        then_there_is_no_such_page(she, address)
    she.looks()
    for address in map(reverse, LISTS):
        then_the_list_and_its_export_are_empty(she, address, year)

    she.looks()


def test_a_person_without_a_role_finds_an_explanation(visitor, width, two_committees):
    year = given_a_year_under_way(two_committees[0])
    she = visitor(factories.person("Rakel Roll"), width)

    she.sees("Inget kvalitetshjul att visa", "Fråga kommunens systemförvaltare.", "Inget väntar på dig")
    then_the_menu_offers(she, "Start", "Mina uppgifter")
    for address in addresses_in(year):
        then_there_is_no_such_page(she, address)

    she.opens("/")
    she.looks()


def test_the_system_administrator_reads_no_content(visitor, width, two_committees):
    year = given_a_year_under_way(two_committees[0])
    he = visitor(given_someone("Sven Sand", "system_administrator", factories.municipality()), width)

    then_the_menu_offers(he, "Start", "Mina uppgifter", "Regelverk", "Organisation")
    for address in addresses_in(year):
        then_there_is_no_such_page(he, address)
    he.goes_to("Organisation")
    he.sees(year.committee.name, year.unit.name)

    he.looks()


def test_nobody_reads_anything_before_login(visitor, width, two_committees):
    year = given_a_year_under_way(two_committees[0])
    anybody = visitor(width=width)

    for address in ("/", *addresses_in(year)):
        anybody.opens(address)
        expect(anybody.page).to_have_url(re.compile(rf"/konto/login/\?next={address}$"))
        anybody.does_not_see(year.risk.title)

    anybody.looks()


def addresses_in(year):
    rows = (year.plan, year.risk, year.action, year.control, year.control.occurrences.first(), year.risk.analysis)
    return [
        *(row.get_absolute_url() for row in rows),
        *(reverse("quality_plan:file", args=[year.plan.pk, format]) for format in ("pdf", "xlsx")),
        reverse("attachments:download", args=[year.attachment.pk]),
        reverse("risks:assess", args=[year.risk.pk]),
        reverse("actions:complete", args=[year.action.pk]),
    ]


def then_there_is_no_such_page(she, address):
    assert (address, she.opens(address)) == (address, 404)
    she.sees_heading(NOT_THERE)


def then_the_list_and_its_export_are_empty(she, address, year):
    she.opens(address)
    she.does_not_see(year.risk.title, year.action.title, year.control.title, str(year.plan))
    file = she.page.request.get(f"{address}?format=xlsx").body()
    assert load_workbook(BytesIO(file)).active.max_row == 1


def then_the_menu_offers(she, *items):
    menu = she.page.get_by_role("navigation", name="Huvudmeny")
    if (folded := menu.get_by_text("Meny", exact=True)).is_visible():
        folded.click()
    expect(menu.get_by_role("listitem").get_by_role("link")).to_have_text(list(items))
