"""The login page and what one may do there, with and without single sign-on."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from lxml import html

from hjulet.base.middleware import form_token
from hjulet.collaboration.drafts.models import Draft
from tests import factories
from tests.organisation.sign_on.test_openid import person_in

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
ONLY_ADMINISTRATORS = "Lösenord är bara till för systemförvaltare. Logga in med kommunens konto."


def focus_order(page):
    """What Tab stops at in the content, in the order of the page."""
    stops = html.fromstring(page.content).xpath(
        "//main//*[self::a or self::button or self::summary or self::input[not(@type='hidden')]]"
    )
    return [stop.get("name") or " ".join(stop.text_content().split()) for stop in stops]


def test_without_single_sign_on_the_password_comes_before_what_one_has_forgotten(client):
    assert focus_order(client.get(LOGIN)) == [
        "login",
        "password",
        "Logga in",
        "Glömt lösenordet?",
        "Logga in med nyckel",
    ]


def test_with_single_sign_on_that_is_the_first_thing_on_the_page(client, provider):
    page = client.get(LOGIN, {"next": "/atgarder/?q=å&x=1"})

    assert focus_order(page)[:3] == ["Logga in med kommunens konto", "Logga in på ett annat sätt", "login"]
    [link] = html.fromstring(page.content).xpath("//main//a[@data-size='lg']")
    assert link.get("href") == "/konto/oidc/?next=%2Fatgarder%2F%3Fq%3D%C3%A5%26x%3D1"
    assert html.fromstring(page.content).xpath("//main//details/@open") == []


def test_no_form_may_lead_to_another_machine(client, provider):
    policy = client.get(LOGIN)["Content-Security-Policy"]

    assert "form-action 'self';" in policy + ";"


def test_the_form_is_unfolded_when_it_has_a_fault(client, provider):
    page = client.post(LOGIN, {"login": "nobody@example.org", "password": "fel"})

    assert html.fromstring(page.content).xpath("//main//details/@open") == [""]


def test_a_password_is_for_local_administrators_where_the_setting_says_so(client, provider, settings):
    settings.PASSWORD_FOR_EVERYONE = False
    karin = factories.person("Karin Ek", employee=factories.committee())
    administrator = factories.person("Siv System", system_administrator=factories.municipality())

    answer = client.post(LOGIN, {"login": karin.email, "password": factories.PASSWORD}, follow=True)
    assert (person_in(client), [str(message) for message in answer.context["messages"]]) == (
        None,
        [ONLY_ADMINISTRATORS],
    )

    client.post(LOGIN, {"login": administrator.email, "password": factories.PASSWORD})
    assert person_in(client) == "Siv System"


def test_the_link_in_a_mail_is_no_way_round(client, provider, settings, mailoutbox):
    karin = factories.person("Karin Ek")
    client.post(reverse("account_reset_password"), {"email": karin.email})
    settings.PASSWORD_FOR_EVERYONE = False
    [address] = [word for word in mailoutbox[0].body.split() if "/konto/password/reset/key/" in word]
    choose = client.get(address, follow=True).redirect_chain[-1][0]

    answer = client.post(choose, {"password1": "en helt annan lösenfras", "password2": "en helt annan lösenfras"})

    assert (answer.status_code, ONLY_ADMINISTRATORS in answer.content.decode()) == (409, True)
    karin.refresh_from_db()
    assert karin.check_password(factories.PASSWORD)


def test_the_account_shows_how_one_comes_in(client, provider, comes_by, settings):
    factories.person("Karin Ek")
    settings.PASSWORD_FOR_EVERYONE = False
    comes_by()

    page = client.get(reverse("people:account")).content.decode()

    assert "Du kommer in med kommunens konto." in page
    assert reverse("account_change_password") not in page


def test_whoever_has_no_password_here_manages_keys_and_sessions(client, provider, comes_by):
    karin = factories.person("Karin Ek")
    karin.set_unusable_password()
    karin.save()
    comes_by()

    answers = [
        client.get(reverse(name)).status_code for name in ("mfa_index", "mfa_activate_totp", "usersessions_list")
    ]

    assert answers == [200, 200, 200]
    assert Authenticator.objects.count() == 0


def test_what_was_sent_after_the_session_had_ended_is_kept_and_the_login_leads_back(client, provider, comes_by):
    unit = factories.unit(factories.committee())
    karin = factories.person("Karin Ek", unit_manager=unit)
    comes_by()
    address = "/atgarder/ny/"
    client.session.flush()
    client.cookies.clear()

    answer = client.post(address, {"title": "Bygg ramp", "once": form_token(karin.pk)})
    assert answer.url == f"{LOGIN}?next={address}"
    page = client.get(answer.url)
    [link] = html.fromstring(page.content).xpath("//main//a[@data-size='lg']/@href")
    assert link == "/konto/oidc/?next=%2Fatgarder%2Fny%2F"

    assert comes_by(address).url == address
    assert client.get(address).context["form"]["title"].value() == "Bygg ramp"
    assert Draft.objects.get().person == karin
