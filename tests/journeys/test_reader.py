"""A member of the nämnd reads what the nämnd has adopted, with the keyboard alone."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from hjulet.planning.quality_plan.operations import start_plan
from tests.factories import PASSWORD
from tests.journeys.beginnings import YEAR, given_a_year_under_way, given_an_empty_installation, given_someone


def test_a_member_of_the_committee_reads_the_plan(visitor, width):
    year = given_a_year_under_way(given_an_empty_installation().committees[0])
    draft = given_a_draft_of_next_year(year)
    member = given_someone("Lena Lund", "committee_member", year.committee)
    she = visitor(width=width)

    when_she_logs_in_by_keyboard(she, member)
    when_she_goes_to_the_plans_by_keyboard(she)
    then_she_finds_what_is_adopted_and_no_draft(she, draft)
    when_she_opens_the_plan_by_keyboard(she)
    then_she_reads_it_and_is_offered_no_change(she, year)
    then_she_can_keep_it_as_pdf(she, year)

    she.looks()


def given_a_draft_of_next_year(year):
    developer = given_someone("Kajsa Kvist", "quality_developer", year.committee)
    return start_plan(by=developer, committee=year.committee, year=YEAR + 1)


def when_she_logs_in_by_keyboard(she, person):
    she.opens("/")
    she.steps_to(she.page.get_by_label("E-postadress"))
    she.types(person.email)
    she.steps_to(she.page.get_by_label("Lösenord", exact=True))
    she.types(PASSWORD)
    she.hits("Enter")
    she.sees_heading(f"Socialnämnden {YEAR}")


def when_she_goes_to_the_plans_by_keyboard(she):
    menu = she.page.get_by_role("navigation", name="Huvudmeny")
    if (folded := menu.get_by_text("Meny", exact=True)).is_visible():
        she.steps_to(folded)
        she.hits("Enter")
    she.steps_to(menu.get_by_role("link", name="Kvalitetsplan"))
    she.hits("Enter")
    she.sees_heading("Kvalitetsplaner")


def then_she_finds_what_is_adopted_and_no_draft(she, draft):
    she.sees(f"Kvalitetsplan {YEAR}")
    she.does_not_see(str(draft), "Börja en kvalitetsplan")


def when_she_opens_the_plan_by_keyboard(she):
    she.steps_to(she.main.get_by_role("link", name=f"Kvalitetsplan {YEAR}"))
    she.hits("Enter")
    she.sees_heading(f"Kvalitetsplan {YEAR}, Socialnämnden")


def then_she_reads_it_and_is_offered_no_change(she, year):
    she.sees(year.risk.title, year.action.title, year.control.title, "§ 12, dnr SN 12/45")
    she.does_not_see("Vad vill du göra?", "Bifoga en fil", "Skriv en kommentar")
    expect(she.main.get_by_role("button")).to_have_count(0)


def then_she_can_keep_it_as_pdf(she, year):
    file = PdfReader(BytesIO(she.fetches("PDF")))
    assert year.risk.title in "".join(page.extract_text() for page in file.pages)
