"""What stands in the environment is read at the start, and what is wrong there is said in words that name it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from hjulet.organisation.sign_on import configuration
from hjulet.organisation.sign_on.configuration import SignOn, password_login_from, sign_on_from

OPENID = {
    "HJULET_OIDC_ISSUER": "https://id.example.org/realms/kommunen/",
    "HJULET_OIDC_CLIENT_ID": "hjulet",
    "HJULET_OIDC_CLIENT_SECRET": "hemlig",
}
SAML = {
    "HJULET_SAML_METADATA_URL": "https://adfs.example.org/metadata.xml",
    "HJULET_SAML_IDP_ENTITY_ID": "http://adfs.example.org/trust",
}


def fault_of(**environment):
    with pytest.raises(ImproperlyConfigured) as fault:
        sign_on_from(environment)
    return str(fault.value)


@pytest.mark.parametrize("environment", [{}, {"HJULET_OIDC_ISSUER": " ", "HJULET_SAML_METADATA_URL": ""}])
def test_nothing_set_is_no_single_sign_on(environment):
    assert sign_on_from(environment) is None
    assert password_login_from(environment, None) is True


def test_openid_connect_needs_three_settings_and_has_sensible_others():
    assert sign_on_from(OPENID) == SignOn(
        protocol="openid_connect",
        issuer="https://id.example.org/realms/kommunen/",
        name="kommunens konto",
        groups_claim="groups",
        name_claim="name",
        email_claim="email",
        groups_prefix="",
        email_domains=frozenset(),
        adds_people=False,
        strengths=(),
        provider={
            "name": "kommunens konto",
            "provider_id": "openid_connect",
            "client_id": "hjulet",
            "secret": "hemlig",
            "settings": {
                "server_url": "https://id.example.org/realms/kommunen",
                "scope": ["openid", "profile", "email"],
                "oauth_pkce_enabled": True,
            },
        },
    )


def test_saml_needs_a_description_and_whose_it_is():
    found = sign_on_from(SAML | {"HJULET_SAML_SP_ENTITY_ID": "https://hjulet.example.org"})

    assert (found.protocol, found.issuer, found.groups_claim) == (
        "saml",
        "http://adfs.example.org/trust",
        "http://schemas.xmlsoap.org/claims/Group",
    )
    assert found.provider == {
        "name": "kommunens konto",
        "provider_id": "saml",
        "client_id": "kommunen",
        "settings": {
            "idp": {
                "entity_id": "http://adfs.example.org/trust",
                "metadata_url": "https://adfs.example.org/metadata.xml",
            },
            "advanced": {"allow_single_label_domains": True},
            "sp": {"entity_id": "https://hjulet.example.org"},
        },
    }


def test_the_rest_is_taken_as_it_stands():
    found = sign_on_from(
        OPENID
        | {
            "HJULET_SSO_NAME": "Eklidens konto",
            "HJULET_SSO_GROUPS_CLAIM": "realm_access.roles",
            "HJULET_SSO_NAME_CLAIM": "displayName",
            "HJULET_SSO_EMAIL_CLAIM": "upn",
            "HJULET_SSO_GROUPS_PREFIX": "Hjulet-",
            "HJULET_SSO_EMAIL_DOMAINS": "@Ekliden.se, social.ekliden.se",
            "HJULET_SSO_ADD_PEOPLE": "Ja",
            "HJULET_SSO_REQUIRE_ACR": "mfa, http://id.sambi.se/loa3",
        }
    )

    assert (found.name, found.groups_claim, found.name_claim, found.email_claim, found.groups_prefix) == (
        "Eklidens konto",
        "realm_access.roles",
        "displayName",
        "upn",
        "Hjulet-",
    )
    assert (found.email_domains, found.adds_people, found.strengths) == (
        {"ekliden.se", "social.ekliden.se"},
        True,
        ("mfa", "http://id.sambi.se/loa3"),
    )


@pytest.mark.parametrize("missing", OPENID)
def test_half_an_openid_connect_is_a_fault(missing):
    environment = {name: value for name, value in OPENID.items() if name != missing}

    assert fault_of(**environment) == f"{missing} saknas, och den behövs när HJULET_OIDC_… är påbörjad."


@pytest.mark.parametrize(
    "address",
    ["http://id.example.org", "id.example.org", "https://", "ftp://id.example.org", "https://id.example.org/?x=1"],
)
def test_the_issuer_is_an_https_address(address):
    assert fault_of(**OPENID | {"HJULET_OIDC_ISSUER": address}) == (
        "HJULET_OIDC_ISSUER ska vara en adress som börjar med https:// (http:// går bara till localhost),"
        f" utan ? och #. Nu är den ”{address}”."
    )


@pytest.mark.parametrize("address", ["http://localhost:8080/realms/x", "http://127.0.0.1:1", "http://[::1]:80"])
def test_on_this_machine_http_will_do(address):
    assert sign_on_from(OPENID | {"HJULET_OIDC_ISSUER": address}).issuer == address


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        (
            "HJULET_OIDC_SCOPES",
            "profile email",
            "HJULET_OIDC_SCOPES ska innehålla openid, inte bara ”profile email”.",
        ),
        ("HJULET_SSO_ADD_PEOPLE", "kanske", "HJULET_SSO_ADD_PEOPLE ska vara true eller false, inte ”kanske”."),
        (
            "HJULET_SSO_EMAIL_DOMAINS",
            "*.ekliden.se",
            (
                "HJULET_SSO_EMAIL_DOMAINS ska vara hela domäner med komma emellan, till exempel ekliden.se;"
                " ”*.ekliden.se” går inte."
            ),
        ),
        (
            "HJULET_SAML_METADATA_URL",
            "https://adfs.example.org",
            "HJULET_OIDC_… och HJULET_SAML_… är satta samtidigt. Välj den ena och ta bort den andra.",
        ),
    ],
)
def test_a_value_that_cannot_be_is_named_with_what_is_allowed(setting, value, sentence):
    assert fault_of(**OPENID | {setting: value}) == sentence


def test_saml_takes_one_description(tmp_path):
    both = "Sätt HJULET_SAML_METADATA_URL eller HJULET_SAML_METADATA_FILE, en av dem."

    assert fault_of(**SAML, HJULET_SAML_METADATA_FILE=str(tmp_path)) == both
    assert fault_of(HJULET_SAML_IDP_ENTITY_ID="x") == both
    assert fault_of(HJULET_SAML_METADATA_FILE="/finns/inte", HJULET_SAML_IDP_ENTITY_ID="x") == (
        "HJULET_SAML_METADATA_FILE ska vara en fil som finns; /finns/inte finns inte."
    )
    assert fault_of(HJULET_SAML_METADATA_URL=SAML["HJULET_SAML_METADATA_URL"]) == (
        "HJULET_SAML_IDP_ENTITY_ID saknas, och den behövs när SAML är valt."
    )


def test_saml_without_its_extra_says_so(monkeypatch):
    monkeypatch.setattr(configuration, "find_spec", lambda _name: None)

    assert fault_of(**SAML) == (
        "HJULET_SAML_… är satt, men tillägget för SAML är inte installerat. Kör python3 tools/bootstrap.py --extra."
    )


def test_passwords_may_be_for_the_administrators_alone():
    assert password_login_from({"HJULET_PASSWORD_LOGIN": "systemforvaltare"}, sign_on_from(OPENID)) is False
    assert password_login_from({"HJULET_PASSWORD_LOGIN": "alla"}, None) is True


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("ingen", "HJULET_PASSWORD_LOGIN ska vara alla eller systemforvaltare, inte ”ingen”."),
        (
            "systemforvaltare",
            (
                "HJULET_PASSWORD_LOGIN=systemforvaltare kräver en inloggningstjänst: sätt HJULET_OIDC_ISSUER eller"
                " HJULET_SAML_METADATA_URL, annars kommer ingen annan in."
            ),
        ),
    ],
)
def test_nobody_is_locked_out_by_a_setting(value, sentence):
    with pytest.raises(ImproperlyConfigured) as fault:
        password_login_from({"HJULET_PASSWORD_LOGIN": value}, None)

    assert str(fault.value) == sentence
