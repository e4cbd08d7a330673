"""When the database does not answer or the disk is full: what was typed comes back, and is saved when it can be."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from lxml import html

from hjulet.actions.models import Action
from tests.factories import PASSWORD, person

pytestmark = pytest.mark.django_db

HOSTILE = "\nÅtgärda <b>rampen</b> & ”dörren”\r\n</textarea><script>alert(1)</script>"


@pytest.fixture
def browser(home_care):
    """One that minds its tokens, as a real one must."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(person(unit_manager=home_care))
    return browser


def fields_of(form):
    return {
        field.get("name"): value_of(field) for field in form.iter("input", "textarea", "select") if field.get("name")
    }


def value_of(field):
    """As a browser reads it: the line break after the start of a text area is none of the text."""
    return (field.value or "").removeprefix("\n") if field.tag == "textarea" else field.value or ""


def form_of(page, **typed):
    """What a browser would send of the form with most fields."""
    forms = [fields_of(form) for form in html.fromstring(page.content).forms if form.method == "POST"]
    return max(forms, key=len) | typed


@pytest.fixture
def plan():
    return reverse("actions:plan")


def away(*_arguments, **_given):
    raise OperationalError("server closed the connection unexpectedly")


def test_what_was_typed_is_saved_when_the_database_is_back(browser, home_care, plan):
    form = browser.get(plan)
    sent = form_of(form, unit=home_care.pk, title="Bygg ramp", description=HOSTILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hjulet.audit.operations.record", away)
        failed = browser.post(plan, sent)
        failed_again = browser.post(plan, form_of(failed))

    assert (failed.status_code, failed_again.status_code, Action.objects.count()) == (503, 503, 0)
    assert failed.headers["Retry-After"] == "60"
    assert "det du skrev finns kvar på den här sidan." in failed_again.text
    assert "<script>alert" not in failed_again.text

    saved = browser.post(plan, form_of(failed_again))
    action = Action.objects.get()
    assert (saved.status_code, saved.headers["Location"]) == (302, action.get_absolute_url())
    assert (action.title, action.description) == ("Bygg ramp", HOSTILE.replace("\r\n", "\n").strip())


def test_sent_again_twice_it_is_done_once(browser, home_care, plan):
    sent = form_of(browser.get(plan), unit=home_care.pk, title="Bygg ramp", description="Vid entrén.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hjulet.audit.operations.record", away)
        again = form_of(browser.post(plan, sent))

    assert [browser.post(plan, again).status_code for _click in range(2)] == [302, 302]
    assert Action.objects.count() == 1


@pytest.mark.parametrize("address", ["/", "/atgarder/?sort=title"])
def test_a_page_is_asked_for_again(browser, monkeypatch, address):
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)

    response = browser.get(address)

    assert response.status_code == 503
    assert [link for link in html.fromstring(response.content).xpath("//main//a/@href") if link == address] == [address]


def test_a_password_does_not_come_back(browser, monkeypatch):
    stranger = Client(raise_request_exception=False)
    monkeypatch.setattr("allauth.account.auth_backends.AuthenticationBackend.authenticate", away)

    response = stranger.post("/konto/login/", {"login": "karin.ek@example.org", "password": PASSWORD})

    assert (response.status_code, PASSWORD in response.text) == (503, False)


def test_a_full_disk_is_told(browser, home_care, plan, monkeypatch):
    def full(*_arguments, **_given):
        raise OSError(28, "No space left on device")

    sent = form_of(browser.get(plan), unit=home_care.pk, title="Bygg ramp", description="Vid entrén.")
    monkeypatch.setattr("hjulet.audit.operations.record", full)

    response = browser.post(plan, sent)

    assert (response.status_code, "Disken där Kvalitetshjulet sparar är full." in response.text) == (503, True)


def test_a_stale_form_shows_what_was_typed_to_be_copied_and_not_to_be_sent(browser, home_care, plan):
    response = browser.post(plan, {"unit": home_care.pk, "title": "Bygg ramp", "description": HOSTILE, "once": "x"})

    page = html.fromstring(response.content)
    texts = [value_of(text) for text in page.iter("textarea") if text.get("readonly") is not None]
    assert response.status_code == 403
    assert texts == ["Bygg ramp", HOSTILE.replace("\r\n", "\n")]
    assert [form for form in page.forms if form.method == "POST"] == []


def test_a_stale_login_shows_no_password(browser):
    response = browser.post("/konto/login/", {"login": "karin.ek@example.org", "password": PASSWORD})

    assert (response.status_code, PASSWORD in response.text) == (403, False)
