"""Tricks with the request itself: host, way back, token, session, and requests larger than any person's."""

import re
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.collaboration.models import SavedView
from tests import factories
from tests.actions.walks import plan
from tests.architecture.test_pages import ALL

pytestmark = pytest.mark.django_db

LOGIN = "/konto/login/"
EVIL = "evil.example.com"
# Ways to write an address that a browser takes to another machine.
AWAY = [
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"///{EVIL}/",
    f"\\\\{EVIL}/",
    f"/\\{EVIL}/",
    f"\\/{EVIL}/",
    f"https:{EVIL}",
    f"http:///{EVIL}",
    f"//{EVIL}\\@localhost/",
    f" //{EVIL}",
    f"\t//{EVIL}",
    f"/\t/{EVIL}",
    f"https://localhost@{EVIL}/",
    f"%2f%2f{EVIL}",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    f"/\r\nLocation: https://{EVIL}/",
]


def log_in(client, person, **more):
    return client.post(LOGIN, {"login": person.email, "password": factories.PASSWORD} | more)


# Whose machine are we?


@pytest.mark.parametrize("host", [EVIL, f"{EVIL}:80", f"localhost.{EVIL}", "localhost:80@evil.example.com", "", "a b"])
def test_another_name_than_ours_is_refused(client, settings, host):
    settings.ALLOWED_HOSTS = ["hjulet.example.org"]

    response = client.get(LOGIN, headers={"host": host})

    assert (response.status_code, "Vi förstod inte frågan" in response.text) == (400, True)


def test_a_name_given_beside_ours_is_not_believed(client, settings, manager):
    """The link of a forgotten password leads to where the request came in by its own name, never by a claim."""
    settings.ALLOWED_HOSTS = ["hjulet.example.org"]

    client.post(
        "/konto/password/reset/",
        {"email": manager.email},
        headers={"host": "hjulet.example.org", "x-forwarded-host": EVIL, "forwarded": f"host={EVIL}", "x-host": EVIL},
    )

    links = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert [urlsplit(link).hostname for link in links] == ["hjulet.example.org"] * len(links)
    assert EVIL not in str(mail.outbox[0].message())


# Where to afterwards?


@pytest.mark.parametrize("way", AWAY)
def test_nobody_is_led_to_another_machine_after_login(client, manager, way):
    assert leads_here(log_in(client, manager, next=way))


@pytest.mark.parametrize("way", AWAY)
def test_nobody_is_led_to_another_machine_by_a_page_of_ours(client, manager, way):
    client.force_login(manager)
    answers = [
        client.post(reverse("drafts:throw_away"), {"address": way}),
        client.post(reverse("saved_views:save"), {"address": way, "name": "x"}),
        client.post(reverse("people:choose_language"), {"language": "sv", "next": way}, headers={"referer": way[:20]}),
    ]

    assert [leads_here(answer) for answer in answers] == [True] * len(answers)
    assert not SavedView.objects.exists()


def test_whoever_sends_a_button_too_late_is_led_back_here(client, manager, home_care):
    action = plan(manager, home_care)

    answer = client.post(reverse("actions:start", args=[action.pk]), headers={"referer": f"https://{EVIL}/"})

    assert answer.headers["Location"] == f"{LOGIN}?next=/"


def leads_here(answer):
    """Read as a browser does, to which a backslash is a slash, and a tab or a line break nothing."""
    location = re.sub(r"[\t\r\n]", "", answer.headers.get("Location", "/")).strip().replace("\\", "/")
    location = re.sub(r"/{3,}", "//", location)
    return urlsplit(urljoin("http://testserver/konto/", location))[:2] == ("http", "testserver")


@pytest.mark.parametrize("way", [way for way in AWAY if not way.startswith(("%", "/\r"))])
def test_the_judge_knows_what_leads_away(way):
    assert not leads_here(SimpleNamespace(headers={"Location": way}))


# Did the person send it?


def test_nothing_is_sent_without_our_token(manager):
    """Every address that takes a form or a button, ours and those of the login.

    The answer of a SAML service comes from its page and cannot hold our token: it is signed instead.
    """
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(manager)

    statuses = {address.name: browser.post(address.path).status_code for address in ALL}

    assert {name for name, status in statuses.items() if status not in {403, 404, 405}} == {"saml_acs"}


def test_the_token_of_another_person_opens_nothing(manager, home_care):
    browser, stranger = (Client(enforce_csrf_checks=True) for _ in range(2))
    browser.force_login(manager)
    stranger.force_login(factories.person("Lars Lur", unit_manager=home_care))
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', stranger.get(reverse("actions:plan")).text)[1]
    browser.get(reverse("actions:plan"))

    answer = browser.post(
        reverse("actions:plan"),
        {"csrfmiddlewaretoken": token, "unit": home_care.pk, "title": "x", "description": "y"},
    )

    assert (answer.status_code, Action.objects.count()) == (403, 0)


# Whose session is it?


def test_a_session_that_somebody_planted_is_not_the_one_that_is_logged_in(client, manager):
    client.get(LOGIN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key

    log_in(client, manager)

    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    assert stranger.get("/").status_code == 302


def test_a_new_password_ends_the_other_sessions_and_gives_this_one_a_new_key(client, manager):
    elsewhere = Client()
    for browser in (client, elsewhere):
        log_in(browser, manager)
    before, own = client.session.session_key, "en helt annan lösenfras"

    client.post("/konto/password/change/", {"oldpassword": factories.PASSWORD, "password1": own, "password2": own})

    assert client.session.session_key != before
    assert (client.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


def test_a_right_that_is_taken_is_gone_at_the_next_page(client, manager, home_care):
    """Rights are read at every request and lie in no session."""
    client.force_login(manager)
    action = plan(manager, home_care)
    address = reverse("actions:detail", args=[action.pk])
    before = client.get(address).status_code

    manager.role_assignments.update(valid_to=factories.SINCE)

    assert (before, client.get(address).status_code) == (200, 404)


def test_logging_out_kills_the_session_also_for_whoever_copied_it(client, manager):
    log_in(client, manager)
    copied = client.session.session_key
    client.post("/konto/logout/")

    thief = Client()
    thief.cookies["sessionid"] = copied
    assert thief.get("/").status_code == 302


def test_a_cookie_of_nonsense_is_nobody(client):
    for value in ("x" * 32, "../../etc/passwd", "' OR 1=1 --", "å" * 10, "a" * 5000):
        client.cookies["sessionid"] = value

        assert client.get("/").headers["Location"] == f"{LOGIN}?next=/"


# Larger than any person's


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("&".join(f"a{number}=1" for number in range(1001)), "application/x-www-form-urlencoded"),
        ("description=" + "a" * 10_500_000, "application/x-www-form-urlencoded"),
        (
            '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1001 + "--x--",
            "multipart/form-data; boundary=x",
        ),
        (
            '--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n1\r\n' * 101 + "--x--",
            "multipart/form-data; boundary=x",
        ),
        ("--x\r\nContent-Disposition", "multipart/form-data; boundary=" + "x" * 300),
        ("--x\r\n", "multipart/form-data"),
    ],
    ids=["fields", "body", "parts", "files", "boundary", "no boundary"],
)
def test_more_than_a_form_can_hold_is_refused(client, manager, body, content_type):
    client.force_login(manager)

    answer = client.generic("POST", reverse("actions:plan"), body, content_type=content_type)

    assert (answer.status_code, "Vi förstod inte frågan" in answer.text) == (400, True)


@pytest.mark.parametrize(
    "body",
    [
        b"title=%ED%A0%80&description=%FF%FE",
        b"title=\xff\xfe",
        b"{}",
        b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    ],
)
@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "application/json",
        "text/xml",
        "application/x-www-form-urlencoded; charset=utf-7",
    ],
)
def test_what_is_no_form_fails_as_an_empty_one(client, manager, body, content_type):
    client.force_login(manager)

    answer = client.generic("POST", reverse("actions:plan"), body, content_type=content_type)

    assert answer.status_code in {200, 400, 422}  # the form, empty or with what is lacking
    assert not Action.objects.exists()


@pytest.mark.parametrize("query", ["a=1&" * 1001, "q=" + "å" * 20_000, "%", "q=%ff%fe", "q[]=1&q=2&q=3", "q\x00=1"])
def test_an_address_longer_or_odder_than_any_is_no_fault(client, manager, query):
    client.force_login(manager)

    assert client.get(f"/atgarder/?{query}").status_code in {200, 400}


def test_a_field_sent_twice_counts_once(client, manager, home_care):
    """And as the last: the rule is judged on what is saved."""
    stranger = factories.unit(factories.committee("Skolnämnden"))
    client.force_login(manager)
    sent = {"title": "Bygg ramp", "description": "Vid entrén."}

    refused = client.post(reverse("actions:plan"), sent | {"unit": [home_care.pk, stranger.pk]})
    taken = client.post(reverse("actions:plan"), sent | {"unit": [stranger.pk, home_care.pk]})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert Action.objects.get().unit == home_care


def test_a_field_that_the_form_has_not_is_not_saved(client, manager, home_care):
    client.force_login(manager)
    more = {"state": "closed", "pk": 99, "id": 99, "revision": 7, "created_by": 1, "unit_id": 0}

    client.post(reverse("actions:plan"), {"unit": home_care.pk, "title": "x", "description": "y"} | more)

    action = Action.objects.get()
    assert (action.state, action.revision, action.unit) == ("planned", 1, home_care)
