"""OpenID Connect: allauth leads the dance (state, PKCE, the code for a token), we look closer at what comes out of it.

allauth takes the signature of a token on trust when the token came over TLS, and sends no nonce. Here every token is
verified, belongs to the login that asked for it, and says the same subject as the user information.
"""

from typing import Any
from urllib.parse import urlencode

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal.jwtkit import verify_jti
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.crypto import get_random_string
from requests import RequestException

from hjulet.organisation.sign_on.configuration import OIDC, chosen
from hjulet.organisation.sign_on.told import subject_key

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
CLOCKS_DIFFER = 60  # seconds
KEPT_FOR = 600


def require_issuer(found: str) -> None:
    if found.rstrip("/") != chosen().issuer.rstrip("/"):
        raise OAuth2Error("the provider's description is of another issuer")


def is_set() -> bool:
    return settings.SIGN_ON is not None and chosen().protocol == OIDC


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    def __init__(self, request: HttpRequest):
        if not is_set():
            raise Http404
        super().__init__(request, OIDC)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, asked for at most every ten minutes. Its absence is a page, not a fault."""
        address = self.get_provider().server_url
        if (found := cache.get(f"openid:{address}")) is None:
            try:
                found = self.fetched(address)
                require_issuer(found["issuer"])
            except (RequestException, OAuth2Error, ValueError, KeyError) as error:
                page = render_authentication_error(self.request, self.get_provider(), exception=error)
                raise ImmediateHttpResponse(page) from error
            cache.set(f"openid:{address}", found, KEPT_FOR)
        return found

    def fetched(self, address: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            return answer.json()

    def complete_login(self, request: HttpRequest, app, token, **kwargs):
        claims = self.verified(app.client_id, kwargs["response"].get("id_token") or "")
        if "userinfo_endpoint" in self.openid_config:
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("the user information is somebody else's")
            claims = told | claims
        return self.get_provider().sociallogin_from_response(request, claims)

    def verified(self, client_id: str, token: str) -> dict[str, Any]:
        try:
            claims = jwt.decode(
                token,
                self.key_of(token),
                algorithms=ALGORITHMS,
                audience=client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_DIFFER,
                options={"require": REQUIRED},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("the token does not hold") from error
        if claims.get("azp", client_id) != client_id:
            raise OAuth2Error("the token was given to somebody else")
        verify_jti(claims)
        return claims

    def key_of(self, token: str) -> jwt.PyJWK:
        wanted = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(self.fetched(self.openid_config["jwks_uri"])).keys
        for key in keys:
            if key.key_id == wanted:
                return key
        raise OAuth2Error("the token is signed with a key that the provider does not know")

    def get_callback_url(self, request: HttpRequest, app) -> str:
        return request.build_absolute_uri(reverse("openid_connect_callback"))


class OpenIDProvider(OpenIDConnectProvider):
    def get_oauth2_adapter(self, request: HttpRequest) -> OpenIDAdapter:
        return OpenIDAdapter(request)

    def redirect(self, request: HttpRequest, process, next_url=None, data=None, **kwargs):
        """With what we ask for and nothing else: allauth lets the address add scopes and parameters."""
        nonce = get_random_string(32)
        asked = {"nonce": nonce}
        if chosen().strengths:
            asked["acr_values"] = " ".join(chosen().strengths)
        return super().redirect(request, process, next_url, data, auth_params=asked, nonce=nonce)

    def extract_uid(self, data: dict[str, Any]) -> str:
        return subject_key(chosen().issuer, str(data["sub"]))

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What `SignOnAdapter` reads and throws away; none of it is stored."""
        return data

    def extract_email_addresses(self, data: dict[str, Any]) -> list:
        return []

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}


login = OAuth2LoginView.adapter_view(OpenIDAdapter)
callback = OAuth2CallbackView.adapter_view(OpenIDAdapter)


def end_session_address(request: HttpRequest) -> str:
    """Where one logs out of the provider too; empty when it has no such place or does not answer now."""
    if not is_set():
        return ""
    adapter = OpenIDAdapter(request)
    try:
        endpoint = adapter.openid_config.get("end_session_endpoint")
    except ImmediateHttpResponse:
        return ""
    back = request.build_absolute_uri(reverse("account_login"))
    asked = {"client_id": adapter.get_provider().app.client_id, "post_logout_redirect_uri": back}
    return f"{endpoint}?{urlencode(asked)}" if endpoint else ""
