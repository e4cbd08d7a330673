"""Single sign-on by the municipality's own identity provider, when one is set: its part of Django's settings."""

from collections.abc import Mapping
from typing import Any

from hjulet.organisation.sign_on.configuration import OIDC, SAML, password_login_from, sign_on_from


def sign_on_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """By name. `SIGN_ON_APPS` are the apps that the chosen protocol needs beside the usual ones."""
    sign_on = sign_on_from(environment)
    providers: dict[str, dict[str, Any]] = {
        OIDC: {"provider_class": "hjulet.organisation.sign_on.openid.OpenIDProvider", "APPS": []},
        SAML: {"provider_class": "hjulet.organisation.sign_on.saml.SamlProvider", "APPS": []},
    }
    if sign_on is not None:
        providers[sign_on.protocol]["APPS"].append(sign_on.provider)
    by_saml = sign_on is not None and sign_on.protocol == SAML
    return {
        "SIGN_ON": sign_on,
        "SIGN_ON_APPS": ["allauth.socialaccount.providers.saml"] if by_saml else [],
        "PASSWORD_FOR_EVERYONE": password_login_from(environment, sign_on),
        "SOCIALACCOUNT_ADAPTER": "hjulet.organisation.sign_on.adapter.SignOnAdapter",
        "SOCIALACCOUNT_PROVIDERS": providers,
        "SOCIALACCOUNT_LOGIN_ON_GET": True,  # a link, so that no form has to be allowed to lead to another machine
    }
