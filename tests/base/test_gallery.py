"""The gallery shows every component, so what holds on it holds for the building stones of every page."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import sync_playwright

from hjulet.base import gallery
from tests import factories
from tools import browser

COMPONENTS = Path(gallery.__file__).parent.parent / "templates" / "components"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def somebody(db):
    return factories.person("Karin Ek")


@pytest.fixture
def opened(client, live_server, somebody):
    """Open the gallery in Chromium as somebody; gives the page and what the browser complained about."""
    client.force_login(somebody)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": live_server.url}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.require(), args=["--no-sandbox"])

        def open_gallery(width=1280, scheme="light", script=True):
            context = chromium.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=script,
                locale="sv-SE",
            )
            context.add_cookies([cookie])
            page = context.new_page()
            complaints = []
            page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(live_server.url + reverse("base:gallery"))
            return page, complaints

        yield open_gallery
        chromium.close()


def test_gallery_is_closed_to_strangers(client):
    answer = client.get(reverse("base:gallery"))

    assert (answer.status_code, answer.url) == (302, "/konto/login/?next=/komponenter/")


def test_gallery_shows_every_component(client, somebody):
    client.force_login(somebody)

    answer = client.get(reverse("base:gallery"))

    shown = {Path(template.origin.name).name for template in answer.templates if COMPONENTS.name in template.name}
    assert answer.status_code == 200
    assert shown == {file.name for file in COMPONENTS.glob("*.html")}


def test_no_component_runs_script_or_style_in_the_page(client, somebody):
    client.force_login(somebody)

    html = client.get(reverse("base:gallery")).content.decode()

    assert [word for word in (" style=", "<style", " onclick=", " onchange=", "javascript:") if word in html] == []


@pytest.mark.journey
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_gallery_has_no_accessibility_fault(opened, width, scheme):
    page, complaints = opened(width=width, scheme=scheme)

    found = Axe().run(page, options=RULES).response["violations"]

    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    assert complaints == []


@pytest.mark.journey
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_gallery_never_scrolls_sideways(opened, width):
    page, _complaints = opened(width=width)

    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.journey
def test_first_stop_of_the_keyboard_leads_past_the_menu(opened):
    page, _complaints = opened()
    page.evaluate("document.activeElement.blur()")
    page.evaluate("window.getSelection().removeAllRanges()")

    page.locator(".skip").focus()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.journey
def test_error_summary_takes_focus_and_leads_to_the_field(opened):
    page, _complaints = opened()

    assert page.evaluate("document.activeElement.className") == "ds-error-summary"

    page.get_by_role("link", name="Sannolikhet: Detta fält måste fyllas i.").click()

    assert page.evaluate("document.activeElement.id") == "id_fel-level_0"


@pytest.mark.journey
def test_account_menu_closes_with_escape_and_keeps_the_focus(opened):
    page, _complaints = opened()
    menu = page.locator("header details")

    menu.locator("summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.journey
def test_filter_swaps_the_table_and_keeps_the_address(opened):
    page, _complaints = opened()

    with page.expect_response(lambda answer: "query=larm" in answer.url):
        page.get_by_role("searchbox", name="Sök", exact=True).fill("larm")
    page.wait_for_url("**/komponenter/?query=larm*")

    assert page.get_by_role("searchbox", name="Sök", exact=True).input_value() == "larm"
    assert page.locator("#risks-count").inner_text() == "5 rader"
    assert set(page.locator("#risks tbody th").all_inner_texts()) == {"Rutinen för larm är inte känd av vikarier"}


@pytest.mark.journey
def test_preview_shows_the_text_in_place(opened):
    page, _complaints = opened()

    page.locator("#id_ny-text").fill("**Viktigt** att veta")
    page.locator("#id_ny-text ~ button").click()

    assert page.locator("#id_ny-text_preview strong").inner_text() == "Viktigt"


@pytest.mark.journey
def test_preview_opens_a_page_of_its_own_without_script(opened):
    page, _complaints = opened(script=False)
    page.locator("#id_ny-text").fill("**Viktigt** att veta")

    with page.context.expect_page() as other:
        page.locator("#id_ny-text ~ button").click()

    assert other.value.locator("main strong").inner_text() == "Viktigt"
    assert page.locator("#id_ny-text").input_value() == "**Viktigt** att veta"


@pytest.mark.journey
def test_count_tells_what_is_left_and_what_is_too_much(opened):
    page, _complaints = opened()
    reason, count = page.locator("#id_ny-reason"), page.locator("#id_ny-reason_count")

    reason.fill("x" * 390)
    assert count.inner_text() == "10 tecken kvar"

    reason.fill("x" * 403)
    assert count.inner_text() == "3 tecken för mycket"
