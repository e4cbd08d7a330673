"""The providers running, and the product set to them; the root `conftest.py` hands these out."""

from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from hjulet.organisation.sign_on.configuration import OIDC, SAML, sign_on_from
from tests.identity import oidc as openid
from tests.identity.process import running
from tests.identity.saml import ENTITY

KARIN = {
    "sub": "f3b1-karin",
    "name": "Karin Ek",
    "email": "karin.ek@example.org",
    "email_verified": True,
    "groups": [],
}


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def sent_on_by(address):
    """Where another server sends the browser that opens the address."""
    with pytest.raises(HTTPError) as moved:
        build_opener(Stay).open(address, timeout=10)
    with moved.value as answer:
        assert answer.status == 302, answer.read().decode()
        return answer.headers["Location"]


@pytest.fixture(scope="session")
def openid_process():
    with running("tests.identity.oidc") as provider:
        yield provider


@pytest.fixture
def configure(settings):
    """Read settings as at the start of the product, from an environment of the test's own."""

    def configure(**environment):
        settings.SIGN_ON = found = sign_on_from({f"HJULET_{name}": value for name, value in environment.items()})
        providers = {name: {**settings.SOCIALACCOUNT_PROVIDERS[name], "APPS": []} for name in (OIDC, SAML)}
        providers[found.protocol]["APPS"] = [found.provider]
        settings.SOCIALACCOUNT_PROVIDERS = providers
        cache.clear()

    return configure


@pytest.fixture
def provider(openid_process, configure, db):
    """The running provider, where Karin logs in, with the settings that lead there."""
    provider = openid_process
    environment = {
        "OIDC_ISSUER": provider.address,
        "OIDC_CLIENT_ID": openid.CLIENT,
        "OIDC_CLIENT_SECRET": openid.SECRET,
    }
    provider.is_set = lambda **more: configure(**environment | more)
    provider.is_set()
    now = timezone.now().timestamp()
    provider.lets_in = lambda claims=None, **says: provider.says(claims=KARIN | (claims or {}), now=now, **says)
    provider.lets_in()
    return provider


@pytest.fixture
def comes_by(client):
    """`comes_by(next)`: the whole dance, from our link by the provider back to us; gives our last answer."""

    def comes_by(to="", *, by=client):
        out = by.get(reverse("openid_connect_login"), {"next": to} if to else {})
        assert out.status_code == 302, out.content.decode()
        back = urlsplit(sent_on_by(out["Location"]))
        return by.get(f"{back.path}?{back.query}")

    return comes_by


XML_SOAP = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"


@pytest.fixture(scope="session")
def saml_process():
    with running("tests.identity.saml") as provider:
        yield provider


@pytest.fixture
def saml(saml_process, configure, db):
    """The running SAML service, where Karin logs in, with the settings that lead there."""
    provider = saml_process
    environment = {
        "SAML_METADATA_URL": f"{provider.address}/metadata",
        "SAML_IDP_ENTITY_ID": ENTITY,
        "SSO_EMAIL_DOMAINS": "example.org",
    }
    provider.is_set = lambda **more: configure(**environment | more)
    provider.is_set()
    now = timezone.now().timestamp()
    told = {f"{XML_SOAP}/name": ["Karin Ek"], f"{XML_SOAP}/emailaddress": ["karin.ek@example.org"]}
    provider.lets_in = lambda attributes=None, **says: provider.says(
        **{"attributes": told | (attributes or {}), "now": now, "subject": "karin-1"} | says
    )
    provider.lets_in()
    return provider
