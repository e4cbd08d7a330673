"""Every answer of every address, the faults too: closed to other sites, kept nowhere, telling nothing of the inside."""

import subprocess
import sys

import pytest
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from lxml import html

from hjulet.collaboration.models import Attachment
from tests import factories
from tests.actions.walks import plan
from tests.architecture.test_pages import ALL, OURS
from tests.collaboration import files
from tests.collaboration.files import upload

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Says more: the address is a secret, so no page may tell it on, and a calendar program asks whether anything is new.
OWN_WAY = {"calendar_feed:feed": {"Cache-Control", "Referrer-Policy"}}
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
# Says nothing of what it met, whatever that was.
INSIDE = ("Traceback", "hjulet/", "django.", "SELECT", "site-packages", "OperationalError")


def policy_of(response):
    said = response.headers.get("Content-Security-Policy", "")
    return dict(part.strip().split(" ", 1) for part in said.split(";"))


def lacking(response):
    """What the answer should have said and did not."""
    found = {name for name, value in HEADERS.items() if response.headers.get(name) != value}
    if policy_of(response) != POLICY:
        found.add("Content-Security-Policy")
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        found.add("Permissions-Policy")
    if "no-store" not in response.headers.get("Cache-Control", ""):
        found.add("Cache-Control")
    return found


@pytest.fixture
def everything():
    """Somebody with every right there is, so that the answers are those of the pages and not of the doorkeeper."""
    place = factories.committee()
    return factories.person("Alla Rätter", quality_developer=place, system_administrator=place)


def answered(answer):
    """As the server leaves it: a file that was sent is closed."""
    for close in answer._resource_closers:
        close()
    return answer


@pytest.mark.parametrize("who", ["nobody", "everything"])
@pytest.mark.parametrize("method", METHODS)
def test_every_address_answers_closed_whatever_is_asked_of_it(client, everything, who, method):
    if who == "everything":
        client.force_login(everything)

    answers = {address.name: answered(getattr(client, method)(address.path)) for address in ALL}

    found = {name: lacking(answer) for name, answer in answers.items() if lacking(answer)}
    assert {name: said for name, said in found.items() if said != OWN_WAY.get(name)} == {}
    assert {name for name, answer in answers.items() if answer.status_code >= 500} == set()


def test_methods_that_no_page_has_are_refused_everywhere(client, everything):
    client.force_login(everything)

    taken = {
        (address.name, method)
        for address in OURS
        for method in ("put", "patch", "delete", "trace")
        if getattr(client, method)(address.path).status_code not in {404, 405}
    }

    assert taken == set()


def test_a_method_named_in_a_header_or_field_is_not_believed(client, everything):
    client.force_login(everything)

    response = client.get("/", {"_method": "DELETE"}, headers={"x-http-method-override": "DELETE"})

    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/finns-inte/", "/static/finns-inte.css", "/\x00", "/%00/", "/" + "a" * 10_000])
def test_what_is_not_there_is_told_closed(client, path):
    response = client.get(path)

    assert (response.status_code, lacking(response)) == (404, set())


def test_static_files_are_closed_but_may_be_kept(client):
    response = client.get("/static/base/hjulet.css")
    response.close()

    assert (response.status_code, lacking(response)) == (200, {"Cache-Control"})
    assert response.headers["Cache-Control"] == "max-age=60, public"


@pytest.mark.parametrize(("method", "asked"), [("get", {}), ("head", {}), ("get", {"range": "bytes=0-3"})])
def test_an_attachment_is_closed(client, everything, method, asked):
    """Part of one is never given: the whole file, or by HEAD none of it."""
    client.force_login(everything)
    action = plan(everything, everything.role_assignments.first().unit)
    client.post(reverse("attachments:add", args=["actions.action", action.pk]), {"upload": upload("a.pdf", files.PDF)})

    response = getattr(client, method)(
        reverse("attachments:download", args=[Attachment.objects.get().pk]), headers=asked
    )
    content = b"".join(response)
    response.close()

    assert (response.status_code, lacking(response), content) == (200, set(), files.PDF if method == "get" else b"")
    assert response.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ZeroDivisionError("hemligt"), (500, "Något gick fel hos oss")),
        (OperationalError("hemligt"), (503, "Det går inte just nu")),
        (OSError(28, "hemligt"), (503, "Det går inte just nu")),
        (OSError(2, "hemligt"), (500, "Något gick fel hos oss")),
        (BadRequest("hemligt"), (400, "Vi förstod inte frågan")),
    ],
)
def test_a_fault_is_closed_and_says_nothing_of_the_inside(client, everything, monkeypatch, error, said):
    def fail(*_arguments, **_given):
        raise error

    client.force_login(everything)
    client.raise_request_exception = False
    monkeypatch.setattr("hjulet.actions.queries.actions_visible_to", fail)

    response = client.get(reverse("actions:list"))

    [heading] = html.fromstring(response.content).iter("h1")
    assert (response.status_code, heading.text_content(), lacking(response)) == (*said, set())
    assert [word for word in (*INSIDE, "hemligt") if word in response.text] == []


# The door


def test_under_https_the_browser_is_told_to_stay_there(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000

    assert Client().get("/", secure=True).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_cookies_are_for_the_server_alone(client, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    person = factories.person("Karin Ek")
    client.get("/konto/login/")
    client.post("/konto/login/", {"login": person.email, "password": factories.PASSWORD})
    client.post(reverse("people:choose_language"), {"language": "sv"})

    said = {
        name: (bool(cookie["httponly"]), cookie["samesite"], bool(cookie["secure"]), cookie["path"], cookie["domain"])
        for name, cookie in client.cookies.items()
    }

    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    assert said == dict.fromkeys(names, (True, "Lax", True, "/", ""))


def test_under_https_no_other_site_of_the_municipality_can_plant_a_cookie(tmp_path):
    """The settings as a process of its own reads them."""
    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    program = f"from hjulet.config import settings as s; print([getattr(s, name, None) for name in {names}])"

    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                "HJULET_DATA": str(tmp_path),
                "HJULET_HTTPS": https,
                "HJULET_HOSTS": "hjulet.example",
                "HJULET_ORIGINS": "https://hjulet.example",
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for https in ("true", "false")
    ]

    assert said == ["['__Host-sessionid', '__Host-csrftoken', True, True]", "[None, None, False, False]"]
