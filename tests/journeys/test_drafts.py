"""A form half written on the bus is there again at the desk."""

import pytest
from playwright.sync_api import expect

from hjulet.actions.models import Action
from tests.factories import committee, person, unit


@pytest.fixture
def manager():
    return person("Mika Chef", unit_manager=unit(committee()))


def test_what_was_written_on_the_phone_goes_on_at_the_desk(visitor, manager):
    phone = visitor(manager, "phone")
    phone.opens("/atgarder/ny/")
    phone.fills({"Rubrik": "Bygg ramp", "Enhet": "Hemtjänst Norr"})
    expect(phone.main.get_by_text("Utkastet är sparat")).to_be_visible()

    desk = visitor(manager)
    desk.opens("/atgarder/ny/")
    desk.sees("Här är ditt utkast")
    desk.looks()
    desk.fills({"Vad ska göras": "Vid entrén."})
    desk.presses("Planera åtgärden")

    desk.sees("Åtgärden är planerad.")
    assert list(Action.objects.values_list("title", "description")) == [("Bygg ramp", "Vid entrén.")]
    desk.opens("/atgarder/ny/")
    desk.does_not_see("Här är ditt utkast")


def test_whoever_sits_still_is_warned_and_may_stay(visitor, manager, settings):
    settings.SESSION_COOKIE_AGE = 120 + 5  # the warning comes two minutes before the end
    desk = visitor(manager)
    warning = desk.page.get_by_role("dialog", name="Du loggas snart ut")
    expect(warning).to_be_visible(timeout=15_000)
    desk.looks()

    warning.get_by_role("button", name="Fortsätt arbeta").press("Enter")

    expect(warning).to_be_hidden()
