"""How people come in by the municipality's own login: read from the environment and checked before anything starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

OIDC, SAML = "openid_connect", "saml"
# The last part of our address at the municipality's SAML service.
SAML_SLUG = "kommunen"
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
YES, NO = {"true", "ja", "1"}, {"false", "nej", "0"}
EVERYONE, ADMINISTRATORS = "alla", "systemforvaltare"

XML_SOAP = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
NAMES = {
    OIDC: {"GROUPS": "groups", "NAME": "name", "EMAIL": "email"},
    SAML: {
        "GROUPS": "http://schemas.xmlsoap.org/claims/Group",
        "NAME": f"{XML_SOAP}/name",
        "EMAIL": f"{XML_SOAP}/emailaddress",
    },
}


@dataclass(frozen=True)
class SignOn:
    """One identity provider, and what we make of what it says. `provider` is the part that allauth reads."""

    protocol: str
    issuer: str
    name: str
    groups_claim: str
    name_claim: str
    email_claim: str
    groups_prefix: str
    email_domains: frozenset[str]
    adds_people: bool
    strengths: tuple[str, ...]
    provider: dict[str, Any]

    @property
    def login_url(self) -> str:
        return reverse("openid_connect_login") if self.protocol == OIDC else reverse("saml_login", args=[SAML_SLUG])


def sign_on_from(environment: Mapping[str, str]) -> SignOn | None:
    """None when neither protocol is set: people then log in with a password."""
    told = {name: value.strip() for name, value in environment.items() if value.strip()}
    has_oidc, has_saml = (any(name.startswith(f"HJULET_{prefix}_") for name in told) for prefix in ("OIDC", "SAML"))
    if has_oidc and has_saml:
        raise ImproperlyConfigured(
            "HJULET_OIDC_… och HJULET_SAML_… är satta samtidigt. Välj den ena och ta bort den andra."
        )
    if has_oidc:
        return common(told, OIDC, *openid_provider(told))
    return common(told, SAML, *saml_provider(told)) if has_saml else None


def chosen() -> SignOn:
    """For what runs only where single sign-on is set."""
    if settings.SIGN_ON is None:
        raise ImproperlyConfigured("Ingen inloggningstjänst är inställd.")
    return settings.SIGN_ON


def password_login_from(environment: Mapping[str, str], sign_on: SignOn | None) -> bool:
    """Whether everyone may log in with a password, or the local administrators alone."""
    value = environment.get("HJULET_PASSWORD_LOGIN", "").strip() or EVERYONE
    if value not in {EVERYONE, ADMINISTRATORS}:
        raise ImproperlyConfigured(f"HJULET_PASSWORD_LOGIN ska vara {EVERYONE} eller {ADMINISTRATORS}, inte ”{value}”.")
    if value == ADMINISTRATORS and sign_on is None:
        raise ImproperlyConfigured(
            f"HJULET_PASSWORD_LOGIN={ADMINISTRATORS} kräver en inloggningstjänst: sätt HJULET_OIDC_ISSUER eller"
            " HJULET_SAML_METADATA_URL, annars kommer ingen annan in."
        )
    return value == EVERYONE


def common(told: Mapping[str, str], protocol: str, issuer: str, provider: dict[str, Any]) -> SignOn:
    name = told.get("HJULET_SSO_NAME", "kommunens konto")
    return SignOn(
        protocol=protocol,
        issuer=issuer,
        name=name,
        **{
            f"{part.lower()}_claim": told.get(f"HJULET_SSO_{part}_CLAIM", claim)
            for part, claim in NAMES[protocol].items()
        },
        groups_prefix=told.get("HJULET_SSO_GROUPS_PREFIX", ""),
        email_domains=domains(told),
        adds_people=yes_or_no(told, "HJULET_SSO_ADD_PEOPLE"),
        strengths=tuple(words(told.get("HJULET_SSO_REQUIRE_ACR", ""))),
        provider={"name": name, "provider_id": protocol, **provider},
    )


def openid_provider(told: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    issuer, client, secret = (
        needed(told, f"HJULET_OIDC_{part}", because="HJULET_OIDC_… är påbörjad")
        for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    )
    require_address(issuer, "HJULET_OIDC_ISSUER")
    scopes = told.get("HJULET_OIDC_SCOPES", "openid profile email").split()
    if "openid" not in scopes:
        raise ImproperlyConfigured(f"HJULET_OIDC_SCOPES ska innehålla openid, inte bara ”{' '.join(scopes)}”.")
    return issuer, {
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/"), "scope": scopes, "oauth_pkce_enabled": True},
    }


def saml_provider(told: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    if find_spec("onelogin") is None:
        raise ImproperlyConfigured(
            "HJULET_SAML_… är satt, men tillägget för SAML är inte installerat. Kör python3 tools/bootstrap.py --extra."
        )
    address, file = (told.get(f"HJULET_SAML_METADATA_{way}", "") for way in ("URL", "FILE"))
    if bool(address) == bool(file):
        raise ImproperlyConfigured("Sätt HJULET_SAML_METADATA_URL eller HJULET_SAML_METADATA_FILE, en av dem.")
    if file:
        address = metadata_file(file)
    else:
        require_address(address, "HJULET_SAML_METADATA_URL")
    issuer = needed(told, "HJULET_SAML_IDP_ENTITY_ID", because="SAML är valt")
    read: dict[str, Any] = {
        "idp": {"entity_id": issuer, "metadata_url": address},
        "advanced": {"allow_single_label_domains": True},  # an address inside the house may be https://hjulet/
    }
    if entity := told.get("HJULET_SAML_SP_ENTITY_ID"):
        read["sp"] = {"entity_id": entity}
    return issuer, {"client_id": SAML_SLUG, "settings": read}


def metadata_file(name: str) -> str:
    file = Path(name).expanduser().resolve()
    if not file.is_file():
        raise ImproperlyConfigured(f"HJULET_SAML_METADATA_FILE ska vara en fil som finns; {name} finns inte.")
    return file.as_uri()


def needed(told: Mapping[str, str], setting: str, *, because: str) -> str:
    if setting not in told:
        raise ImproperlyConfigured(f"{setting} saknas, och den behövs när {because}.")
    return told[setting]


def require_address(address: str, setting: str) -> None:
    """Over http anybody on the way could answer as the provider; on this machine nobody is on the way."""
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not is_safe or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            f"{setting} ska vara en adress som börjar med https:// (http:// går bara till localhost), utan ? och #."
            f" Nu är den ”{address}”."
        )


def domains(told: Mapping[str, str]) -> frozenset[str]:
    given = [domain.lower().removeprefix("@") for domain in words(told.get("HJULET_SSO_EMAIL_DOMAINS", ""))]
    for domain in given:
        if "." not in domain or "*" in domain or "@" in domain:
            raise ImproperlyConfigured(
                "HJULET_SSO_EMAIL_DOMAINS ska vara hela domäner med komma emellan, till exempel ekliden.se;"
                f" ”{domain}” går inte."
            )
    return frozenset(given)


def yes_or_no(told: Mapping[str, str], setting: str) -> bool:
    value = told.get(setting, "false").lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{setting} ska vara true eller false, inte ”{told[setting]}”.")
    return value in YES


def words(listed: str) -> list[str]:
    return [word.strip() for word in listed.split(",") if word.strip()]
