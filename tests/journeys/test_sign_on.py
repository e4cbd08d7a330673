"""In by the municipality's own login and out again, in a real browser, with real providers beside it."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from hjulet.actions.models import Action
from hjulet.organisation.sign_on.operations import map_group
from tests.factories import committee, municipality, person, unit

BUTTON = "Logga in med kommunens konto"


@pytest.fixture
def north():
    return unit(committee())


@pytest.fixture
def administrator():
    return person("Siv System", system_administrator=municipality())


def presses_the_large_button(she):
    she.leaves_by(she.main.get_by_role("link", name=BUTTON, exact=True))


def says_who_she_is(she):
    """On the provider's own page, which is no page of ours to look at."""
    she.page.get_by_text("Jag är Karin").click()
    she.arrives()


@pytest.mark.parametrize("script", [True, False])
def test_she_comes_in_where_she_was_going_and_leaves_both_places(visitor, width, provider, north, *, script):
    person("Karin Ek", unit_manager=north)
    provider.lets_in(asks=True)
    she = visitor(width=width, script=script)

    she.opens("/atgarder/?q=ramp")
    presses_the_large_button(she)
    expect(she.page).to_have_url(re.compile(re.escape(provider.address)))
    says_who_she_is(she)
    expect(she.page).to_have_url(re.compile(r"/atgarder/\?q=ramp$"))

    she.page.get_by_label("Meny för Karin Ek").click()
    she.page.get_by_role("button", name="Logga ut").click()
    she.arrives()
    she.sees("Du är utloggad här men fortfarande inloggad med kommunens konto.")
    she.looks()
    she.main.get_by_role("link", name="Logga ut från kommunens konto").click()
    expect(she.page.get_by_role("heading", name="Du är utloggad ur kommunens inloggning")).to_be_visible()


def test_her_roles_follow_her_groups_from_one_login_to_the_next(visitor, width, provider, north, administrator):
    person("Karin Ek")
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=north)
    she = visitor(width=width)

    she.opens("/konto/oidc/?next=/personer/mitt-konto/")
    she.sees("Du har ingen roll ännu")
    provider.lets_in({"groups": ["Chefer"]})
    she.opens("/konto/oidc/?next=/personer/mitt-konto/")
    she.sees("Enhetschef, Hemtjänst Norr")
    provider.lets_in()
    she.opens("/konto/oidc/?next=/personer/mitt-konto/")
    she.sees("Du har ingen roll ännu")


def test_when_the_provider_is_down_the_administrator_comes_in_by_keyboard(
    visitor, width, provider, settings, administrator
):
    settings.PASSWORD_FOR_EVERYONE = False
    provider.lets_in(down=["/.well-known/openid-configuration"])
    he = visitor(width=width)

    he.opens("/")
    presses_the_large_button(he)
    he.sees_heading("Du kom inte in")
    he.sees("Inloggningstjänsten svarar inte just nu.")
    he.looks()
    he.follows("Till inloggningen")

    he.page.get_by_role("link", name=BUTTON).focus()
    he.hits("Tab")
    he.hits("Enter")
    he.page.keyboard.press("Tab")
    he.types(administrator.email)
    he.page.keyboard.press("Tab")
    he.types("en lång lösenfras för prov")
    he.looks()
    he.hits("Enter")
    he.page.wait_for_url("**/")
    expect(he.page.get_by_label("Meny för Siv System")).to_be_visible()


def test_what_she_had_typed_is_there_when_she_comes_back(visitor, provider, north):
    person("Karin Ek", unit_manager=north)
    she = visitor()
    she.opens("/konto/oidc/?next=/atgarder/ny/")
    she.fills({"Rubrik": "Bygg ramp", "Enhet": "Hemtjänst Norr", "Vad ska göras": "Vid entrén."})
    Session.objects.all().delete()

    she.presses("Planera åtgärden")
    presses_the_large_button(she)

    she.sees("Här är ditt utkast")
    she.presses("Planera åtgärden")
    she.sees("Åtgärden är planerad.")
    assert list(Action.objects.values_list("title", flat=True)) == ["Bygg ramp"]


def test_whoever_sits_still_is_warned_also_after_single_sign_on(visitor, provider, north, settings):
    settings.SESSION_COOKIE_AGE = 120 + 5
    person("Karin Ek", unit_manager=north)
    she = visitor()
    she.opens("/konto/oidc/?next=/atgarder/ny/")

    warning = she.page.get_by_role("dialog", name="Du loggas snart ut")
    expect(warning).to_be_visible(timeout=15_000)
    warning.get_by_role("button", name="Fortsätt arbeta").press("Enter")

    expect(warning).to_be_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_she_comes_in_by_saml(visitor, width, saml, north, *, script):
    person("Karin Ek", unit_manager=north)
    she = visitor(width=width, script=script)

    she.opens("/atgarder/?q=ramp")
    presses_the_large_button(she)
    says_who_she_is(she)

    expect(she.page).to_have_url(re.compile(r"/atgarder/\?q=ramp$"))


def test_the_page_of_roles_by_group_is_for_everyone_to_read(visitor, width, provider, north, administrator):
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=north)
    person("Karin Ek")
    provider.lets_in({"groups": ["Chefer", "Medarbetare-hemtjänst"]})
    visitor().opens("/konto/oidc/")
    map_group(by=administrator, value="Chefer", role="lawyer", unit=north)
    he = visitor(width=width)
    he.opens("/roller/")
    he.main.get_by_text("Logga in på ett annat sätt").click()
    he.logs_in(administrator.email)

    he.follows("Roller vid inloggning")
    he.sees("Jurist, Hemtjänst Norr", "Medarbetare-hemtjänst")
    he.follows("Låt gruppen ge en roll")
    he.fills({"Roll": "Medarbetare", "Enhet": "Hemtjänst Norr"})
    he.presses("Spara")
    he.sees("Gruppen ger rollen från nästa inloggning.")
    he.follows("Medarbetare-hemtjänst")
    he.looks()
