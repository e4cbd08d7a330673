"""Login and account wear our clothes: one heading in Swedish, no fault for a screen reader, errors that say what to do."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults
from lxml import html
from playwright.sync_api import sync_playwright

from tests import factories
from tools import browser

NEW = "en helt annan lösenfras"
OPEN = {
    "/konto/login/": "Logga in",
    "/konto/password/reset/": "Glömt lösenordet?",
    "/konto/password/reset/done/": "Titta i din e-post",
}
OWN = {
    "/konto/2fa/": "Säker inloggning",
    "/konto/2fa/totp/activate/": "Sätt på koden från en app",
    "/konto/2fa/webauthn/add/": "Lägg till en inloggningsnyckel",
    "/konto/2fa/webauthn/": "Inloggningsnycklar",
    "/konto/password/change/": "Byt lösenord",
    "/konto/2fa/recovery-codes/generate/": "Skapa nya reservkoder",
    "/konto/logout/": "Vill du logga ut?",
    "/konto/reauthenticate/": "Bekräfta att det är du",
}


@pytest.fixture
def logged_in(client, db):
    person = factories.person("Karin Ek")
    client.post("/konto/login/", {"login": person.email, "password": factories.PASSWORD})
    client.post("/konto/reauthenticate/", {"password": factories.PASSWORD})
    return client


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def headings(answer):
    return [" ".join(heading.text_content().split()) for heading in html.fromstring(answer.content).iter("h1")]


@pytest.mark.parametrize(("address", "heading"), OPEN.items())
def test_open_page_has_one_heading(client, db, address, heading):
    answer = client.get(address)

    assert (answer.status_code, headings(answer)) == (200, [heading])


@pytest.mark.parametrize(("address", "heading"), OWN.items())
def test_own_page_has_one_heading(logged_in, address, heading):
    answer = logged_in.get(address)

    assert (answer.status_code, headings(answer)) == (200, [heading])


def test_wrong_password_is_said_in_the_summary(client, db):
    answer = client.post("/konto/login/", {"login": "nobody@example.org", "password": "fel"})

    summary = html.fromstring(answer.content).find_class("ds-error-summary")
    assert len(summary) == 1
    assert html.fromstring(answer.content).findtext(".//title").startswith("Fel: Logga in")


def test_forgotten_password_is_replaced_by_the_link_in_the_mail(client, db, mailoutbox):
    person = factories.person("Karin Ek")
    client.post("/konto/password/reset/", {"email": person.email})
    link = re.search(r"https?://\S+?(/konto/\S+)", mailoutbox[0].body)[1]

    choose = client.get(link, follow=True)
    chosen = client.post(choose.redirect_chain[-1][0], {"password1": NEW, "password2": NEW}, follow=True)

    assert headings(choose) == ["Välj ett nytt lösenord"]
    assert headings(chosen) == ["Lösenordet är bytt"]
    assert headings(client.get(link, follow=True)) == ["Länken gäller inte längre"]


def test_code_from_an_app_is_set_on_and_then_asked_for(logged_in):
    secret = logged_in.get("/konto/2fa/totp/activate/").context["form"].secret

    codes = logged_in.post("/konto/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    logged_in.post("/konto/logout/")
    asked = logged_in.post(
        "/konto/login/", {"login": "karin.ek@example.org", "password": factories.PASSWORD}, follow=True
    )

    assert headings(codes) == ["Reservkoder"]
    assert len(html.fromstring(codes.content).find_class("codes")[0]) == 10
    assert headings(asked) == ["Bekräfta inloggningen"]


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/konto/2fa/", "Säker inloggning"),
        ("/konto/2fa/totp/deactivate/", "Stäng av koden från en app"),
        ("/konto/2fa/recovery-codes/", "Reservkoder"),
        ("/konto/2fa/reauthenticate/", "Bekräfta att det är du"),
    ],
)
def test_page_of_someone_with_a_code(logged_in, address, heading):
    secret = logged_in.get("/konto/2fa/totp/activate/").context["form"].secret
    logged_in.post("/konto/2fa/totp/activate/", {"code": code_of(secret)})

    answer = logged_in.get(address)

    assert (answer.status_code, headings(answer)) == (200, [heading])


@pytest.mark.parametrize(
    ("view", "error", "status", "heading"),
    [
        (defaults.bad_request, BadRequest("x"), 400, "Vi förstod inte frågan"),
        (defaults.permission_denied, PermissionDenied("x"), 403, "Du kan inte göra det här"),
        (defaults.page_not_found, Exception("x"), 404, "Sidan finns inte, eller så får du inte se den"),
    ],
)
def test_error_page_says_what_to_do(db, view, error, status, heading):
    answer = view(RequestFactory().get("/nagonstans/"), error)

    assert (answer.status_code, headings(answer)) == (status, [heading])


@pytest.mark.parametrize(("method", "address"), [("get", "/atgarder/1/paborja/"), ("post", "/atgarder/")])
def test_the_address_of_a_button_says_where_to_go(logged_in, method, address):
    answer = getattr(logged_in, method)(address)

    assert (answer.status_code, headings(answer)) == (405, ["Sidan går inte att öppna på det sättet"])
    assert answer.headers["Allow"] == ("POST" if method == "get" else "GET, HEAD")
    assert "default-src" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "field"), [("/konto/reauthenticate/", "password"), ("/konto/password/change/", "password2")]
)
def test_the_way_to_a_new_password_comes_after_the_fields(logged_in, address, field):
    stops = html.fromstring(logged_in.get(address).content).xpath(
        "//main//*[self::input[not(@type='hidden')] or self::a]"
    )

    (link,) = [stop for stop in stops if stop.get("href") == "/konto/password/reset/"]
    (last,) = [stop for stop in stops if stop.get("name") == field]
    assert stops.index(last) < stops.index(link)


def test_server_error_needs_nothing_from_the_server():
    answer = defaults.server_error(RequestFactory().get("/nagonstans/"))

    assert (answer.status_code, headings(answer)) == (500, ["Något gick fel hos oss"])


def test_stale_form_says_how_to_save_the_text():
    page = html.fromstring(render_to_string("403_csrf.html"))

    assert [heading.text_content() for heading in page.iter("h1")] == ["Formuläret har blivit för gammalt"]


@pytest.mark.journey
def test_account_pages_have_no_accessibility_fault(logged_in, live_server):
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": logged_in.session.session_key, "url": live_server.url}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.require(), args=["--no-sandbox"])
        stranger, owner = (
            chromium.new_context(viewport={"width": 360, "height": 800}, locale="sv-SE") for _ in range(2)
        )
        owner.add_cookies([cookie])

        found = []
        for context, addresses in ((stranger, OPEN), (owner, OWN)):
            page = context.new_page()
            for address in addresses:
                page.goto(live_server.url + address)
                faults = Axe().run(page).response["violations"]
                found += [(address, fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults]
        chromium.close()

    assert found == []
