"""The whole dance of OpenID Connect with a real provider, which is a process of its own."""

from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import html

from hjulet.audit.models import Event
from hjulet.organisation.models import Person
from hjulet.organisation.people.operations import stop_login, unlink_login
from hjulet.organisation.sign_on.operations import map_group
from tests import factories
from tests.identity.fixtures import sent_on_by

LOGIN = reverse("openid_connect_login")
CALLBACK = reverse("openid_connect_callback")
UNCHECKED = "Inloggningen gick inte att kontrollera och gäller därför inte. Börja om från början."
UNKNOWN = "Du finns inte i Kvalitetshjulet än. Be din systemförvaltare att lägga till dig."
SILENT = "Inloggningstjänsten svarar inte just nu. Vänta en stund och försök igen."
STOPPED = "Kontot är avstängt. Fråga din systemförvaltare."


def person_in(client):
    key = client.session.get("_auth_user_id")
    return key and Person.objects.get(pk=key).name


def refusal(answer):
    """The heading, the sentence, and that the page leads to the login."""
    page = html.fromstring(answer.content)
    assert [link.get("href") for link in page.xpath("//main//a")] == [reverse("account_login")]
    return answer.status_code, page.findtext(".//h1"), page.findtext(".//main//p")


def refused(sentence):
    return 403, "Du kom inte in", sentence


@pytest.fixture
def karin():
    return factories.person("Karin Ek")


@pytest.fixture
def administrator():
    return factories.person("Siv System", system_administrator=factories.municipality())


def test_someone_known_by_a_verified_address_comes_in_where_she_was_going(client, provider, comes_by, karin):
    answer = comes_by("/atgarder/?q=ramp")

    assert (answer.status_code, answer["Location"], person_in(client)) == (302, "/atgarder/?q=ramp", "Karin Ek")
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.target_id, event.after) == (
        "person.login_linked",
        Person.objects.machine().pk,
        karin.pk,
        {},
    )


def test_nothing_of_what_was_told_is_stored_beside_who_it_is(provider, comes_by, karin):
    comes_by()

    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.extra_data, len(link.uid)) == (karin, "openid_connect", {}, 64)
    assert link.socialtoken_set.count() == 0


def test_we_ask_for_the_code_with_state_nonce_and_proof_and_nothing_the_address_adds(client, provider):
    out = client.get(LOGIN, {"scope": "admin", "auth_params": "prompt=none&nonce=known", "next": "/"})

    address = urlsplit(out["Location"])
    asked = dict(parse_qsl(address.query))
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.address}/authorize"
    assert sorted(asked.pop("scope").split()) == ["email", "openid", "profile"]
    assert [len(asked.pop(name)) > 15 for name in ("state", "nonce", "code_challenge")] == [True] * 3
    assert asked == {
        "client_id": "hjulet",
        "redirect_uri": f"http://testserver{CALLBACK}",
        "response_type": "code",
        "code_challenge_method": "S256",
    }


def test_the_subject_is_known_again_when_the_address_is_another(client, provider, comes_by, karin):
    comes_by()
    client.logout()

    provider.lets_in({"email": "karin.al@example.org"})
    comes_by()

    assert person_in(client) == "Karin Ek"


def test_an_unknown_person_is_not_let_in(client, provider, comes_by):
    assert refusal(comes_by()) == refused(UNKNOWN)
    assert person_in(client) is None


@pytest.mark.parametrize("verified", [False, None, "false", "nej"])
def test_an_address_that_nobody_vouches_for_opens_nothing(client, provider, comes_by, karin, verified):
    provider.lets_in({"email_verified": verified})

    assert refusal(comes_by()) == refused(UNKNOWN)
    assert (person_in(client), SocialAccount.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("domains", "verified", "name"),
    [
        ("example.org", None, "Karin Ek"),
        ("ekliden.se, Example.ORG", None, "Karin Ek"),
        ("ekliden.se", None, None),
        ("example.org", False, None),
    ],
)
def test_the_municipality_vouches_for_its_own_domain_unless_it_is_denied(
    client, provider, *, comes_by, karin, domains, verified, name
):
    provider.is_set(SSO_EMAIL_DOMAINS=domains)
    provider.lets_in({"email_verified": verified})

    comes_by()

    assert person_in(client) == name


def test_an_address_that_has_changed_hands_opens_nothing(client, provider, comes_by, karin, administrator):
    comes_by()
    client.logout()
    provider.lets_in({"sub": "another-karin"})

    assert refusal(comes_by()) == refused(
        "E-postadressen är redan kopplad till en annan inloggning. Be din systemförvaltare att koppla loss den."
    )
    assert person_in(client) is None

    unlink_login(karin, by=administrator, reason="Nytt konto")
    comes_by()
    assert person_in(client) == "Karin Ek"


@pytest.mark.parametrize("linked", [True, False])
def test_a_switched_off_person_stays_out(client, provider, *, comes_by, karin, administrator, linked):
    if linked:
        comes_by()
        client.logout()
    stop_login(karin, by=administrator, reason="Har slutat")

    assert refusal(comes_by()) == refused(STOPPED)
    assert person_in(client) is None


def test_nobody_comes_in_as_the_machine(client, provider, comes_by):
    provider.lets_in({"email": Person.objects.machine().email})

    assert refusal(comes_by()) == refused(STOPPED)


def test_a_person_with_a_group_is_added_when_that_is_allowed(client, provider, configure, comes_by, administrator):
    unit = factories.unit(factories.committee())
    map_group(by=administrator, value="Chefer", role="unit_manager", unit=unit)
    provider.is_set(SSO_ADD_PEOPLE="true")
    provider.lets_in({"groups": ["Chefer", "Golf"]})

    comes_by()

    person = Person.objects.get(name="Karin Ek")
    assert person_in(client) == "Karin Ek"
    assert (person.email, person.has_usable_password(), person.must_change_password) == (
        "karin.ek@example.org",
        False,
        False,
    )
    assert list(person.role_assignments.values_list("role", "unit", "origin", "valid_to")) == [
        ("unit_manager", unit.pk, "group", None)
    ]
    assert list(Event.objects.order_by("number").values_list("verb", flat=True))[1:] == [
        "person.added",
        "person.login_linked",
        "role.assigned",
    ]


@pytest.mark.parametrize(
    ("allowed", "claims"),
    [
        ("true", {"groups": ["Golf"]}),
        ("true", {"groups": None}),
        ("true", {"email_verified": False}),
        ("true", {"email": None}),
        ("true", {"name": ""}),
        ("false", {}),
    ],
)
def test_nobody_is_added_without_a_role_a_name_and_an_address(
    client, provider, *, comes_by, administrator, allowed, claims
):
    map_group(by=administrator, value="Chefer", role="employee", unit=factories.committee())
    provider.is_set(SSO_ADD_PEOPLE=allowed)
    provider.lets_in({"groups": ["Chefer"]} | claims)

    assert refusal(comes_by()) == refused(UNKNOWN)
    assert (person_in(client), Person.objects.filter(name="Karin Ek").count()) == (None, 0)


FAULTS = {
    "wrong audience": {"token": {"aud": "another-client"}},
    "given to another": {"token": {"aud": ["hjulet", "another-client"], "azp": "another-client"}},
    "wrong issuer": {"token": {"iss": "http://localhost:1/evil"}},
    "expired": {"token": {"exp": 1_700_000_000}},
    "without end": {"token": {"exp": None}},
    "another nonce": {"token": {"nonce": "replayed"}},
    "without nonce": {"token": {"nonce": None}},
    "forged signature": {"forged": True},
    "unsigned": {"unsigned": True},
    "somebody else's user information": {"userinfo": {"sub": "somebody-else"}},
    "another issuer's description": {"issuer": "http://localhost:1/evil"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_token_that_does_not_hold_opens_nothing(client, provider, karin, fault):
    out = client.get(LOGIN)
    provider.lets_in(**FAULTS[fault])
    if "issuer" in FAULTS[fault]:
        cache.clear()
        answer = client.get(LOGIN)
    else:
        back = urlsplit(sent_on_by(out["Location"]))
        answer = client.get(f"{back.path}?{back.query}")

    assert refusal(answer) == refused(UNCHECKED)
    assert (person_in(client), SocialAccount.objects.count()) == (None, 0)


def test_an_answer_is_taken_once(client, provider, karin):
    back = urlsplit(sent_on_by(client.get(LOGIN)["Location"]))
    client.get(f"{back.path}?{back.query}")
    client.logout()

    answer = client.get(f"{back.path}?{back.query}")

    assert (refusal(answer), person_in(client)) == (refused(UNCHECKED), None)


def test_an_answer_is_taken_by_the_browser_that_asked(client, provider, karin):
    """Else one could be made to work in somebody else's account."""
    back = urlsplit(sent_on_by(Client().get(LOGIN)["Location"]))
    client.get(LOGIN)

    answer = client.get(f"{back.path}?{back.query}")

    assert (refusal(answer), person_in(client)) == (refused(UNCHECKED), None)


def test_an_answer_is_not_waited_for_longer_than_ten_minutes(client, provider, karin, clock):
    back = urlsplit(sent_on_by(client.get(LOGIN)["Location"]))
    clock.shift(timedelta(minutes=11))

    assert refusal(client.get(f"{back.path}?{back.query}")) == refused(UNCHECKED)


def test_a_code_without_the_proof_of_who_asked_is_worth_nothing(client, provider, karin):
    """Somebody else's code, put into an answer of one's own."""
    stolen = parse_qs(urlsplit(sent_on_by(Client().get(LOGIN)["Location"])).query)["code"][0]
    state = parse_qs(urlsplit(client.get(LOGIN)["Location"]).query)["state"][0]

    answer = client.get(f"{CALLBACK}?{urlencode({'state': state, 'code': stolen})}")

    assert (refusal(answer), person_in(client)) == (refused(UNCHECKED), None)


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?error=server_error", "?state=x&code=x"])
def test_an_answer_to_nothing_is_refused(client, provider, query):
    assert refusal(client.get(CALLBACK + query)) == refused(UNCHECKED)


def test_whoever_changes_her_mind_comes_back(client, provider, comes_by, karin):
    provider.lets_in(cancels=True)

    assert refusal(comes_by()) == refused("Du avbröt inloggningen.")


def test_a_provider_that_is_down_is_told_in_words_and_the_administrator_has_a_way_in(
    client, provider, settings, administrator
):
    settings.PASSWORD_FOR_EVERYONE = False
    provider.lets_in(down=["/.well-known/openid-configuration"])

    assert refusal(client.get(LOGIN)) == refused(SILENT)
    client.post(reverse("account_login"), {"login": administrator.email, "password": factories.PASSWORD})

    assert person_in(client) == "Siv System"


@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
def test_a_provider_that_falls_down_halfway_is_told_in_words(client, provider, comes_by, karin, path):
    provider.lets_in(down=[path])

    answer = comes_by()

    assert (answer.status_code, person_in(client)) == (403, None)
    assert refusal(answer)[2] in (SILENT, UNCHECKED)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away_after_the_login(client, provider, comes_by, karin, to):
    assert comes_by(to)["Location"] == "/"


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_an_address_cannot_make_anything_else_of_the_login(client, provider, karin, process):
    client.force_login(factories.person("Bo Ek"))
    back = urlsplit(sent_on_by(client.get(LOGIN, {"process": process})["Location"]))

    assert refusal(client.get(f"{back.path}?{back.query}")) == refused(UNCHECKED)
    assert SocialAccount.objects.count() == 0


def test_the_key_of_the_session_changes_at_the_login(client, provider, karin):
    out = client.get(LOGIN)
    before = client.session.session_key
    back = urlsplit(sent_on_by(out["Location"]))
    client.get(f"{back.path}?{back.query}")

    assert person_in(client) == "Karin Ek"
    assert client.session.session_key != before


def test_the_providers_own_second_step_is_enough(client, provider, comes_by, karin):
    Authenticator.objects.create(user=karin, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})

    comes_by()

    assert person_in(client) == "Karin Ek"


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"acr": "http://id.example/loa3"}, "Karin Ek"),
        ({"amr": ["pwd", "mfa"]}, "Karin Ek"),
        ({"acr": "http://id.example/loa2", "amr": ["pwd"]}, None),
        ({}, None),
    ],
)
def test_a_second_step_can_be_demanded_of_the_provider(client, provider, *, comes_by, karin, claims, name):
    provider.is_set(SSO_REQUIRE_ACR="http://id.example/loa3, mfa")
    provider.lets_in(claims)

    answer = comes_by()

    assert person_in(client) == name
    assert [asked["acr_values"] for asked in provider.asked("/authorize")] == ["http://id.example/loa3 mfa"]
    if name is None:
        assert refusal(answer) == refused(
            "Kvalitetshjulet kräver inloggning i två steg. Logga in igen och använd det andra steget."
        )


def test_groups_that_were_too_many_to_send_take_no_roles(client, provider, comes_by, karin):
    provider.lets_in({"groups": None, "_claim_names": {"groups": "src1"}})

    assert refusal(comes_by()) == refused(
        "Du är med i så många grupper att inloggningstjänsten inte skickade dem. Säg det till systemförvaltaren."
    )


def test_someone_with_a_one_time_password_does_not_need_it(client, provider, comes_by, karin):
    karin.must_change_password = True
    karin.save()

    comes_by()

    assert client.get(reverse("people:account")).status_code == 200


def test_whoever_logs_out_is_offered_to_log_out_of_the_provider_too(client, provider, comes_by, karin):
    comes_by()

    page = html.fromstring(client.post(reverse("account_logout"), follow=True).content)

    [link] = page.xpath("//main//a[starts-with(., 'Logga ut från')]")
    assert (link.text, person_in(client)) == ("Logga ut från kommunens konto", None)
    address, _mark, query = link.get("href").partition("?")
    assert (address, parse_qs(query)) == (
        f"{provider.address}/end_session",
        {"client_id": ["hjulet"], "post_logout_redirect_uri": [f"http://testserver{reverse('account_login')}"]},
    )


def test_whoever_came_by_password_is_offered_no_such_thing(client, provider, karin):
    client.post(reverse("account_login"), {"login": karin.email, "password": factories.PASSWORD})

    page = html.fromstring(client.post(reverse("account_logout"), follow=True).content)

    assert page.xpath("//main//a[starts-with(., 'Logga ut från')]") == []


def test_one_logs_out_also_when_the_provider_is_down(client, provider, comes_by, karin):
    comes_by()

    cache.clear()
    provider.lets_in(down=["/.well-known/openid-configuration"])

    client.post(reverse("account_logout"))

    assert person_in(client) is None


def test_the_session_is_in_the_list_and_is_ended_elsewhere(client, provider, comes_by, karin):
    elsewhere = Client(headers={"user-agent": "Firefox på en gammal telefon"})
    comes_by(by=elsewhere)
    comes_by()

    page = client.get(reverse("usersessions_list"))
    client.post(reverse("usersessions_list"))

    assert "Firefox på en gammal telefon" in page.content.decode()
    assert (elsewhere.get("/").status_code, client.get("/").status_code) == (302, 200)


def test_the_session_ends_an_hour_after_the_last_page(client, provider, comes_by, karin, clock):
    comes_by()
    clock.shift(timedelta(minutes=59))
    assert client.get("/").status_code == 200
    clock.shift(timedelta(minutes=61))

    assert client.get("/")["Location"] == f"{reverse('account_login')}?next=/"


def test_the_session_ends_after_a_working_day_whatever_is_done(client, provider, comes_by, karin, clock):
    comes_by()
    answers = []
    for _page in range(21):
        answers.append(client.get(reverse("people:stay")).status_code)
        clock.shift(timedelta(minutes=30))

    assert (answers, client.get("/").status_code) == ([204] * 21, 302)
