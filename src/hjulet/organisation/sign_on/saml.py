"""SAML: allauth and python3-saml check signature, audience, times and that we asked; we say what is read of it."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from hjulet.organisation.sign_on.configuration import chosen
from hjulet.organisation.sign_on.told import subject_key

TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


class SamlProvider(SAMLProvider):
    def redirect(self, request: HttpRequest, process, next_url=None, data=None, **kwargs) -> HttpResponse:
        """The service's description is fetched on the way out: its absence is a page, not a fault."""
        try:
            return super().redirect(request, process, next_url, data, **kwargs)
        except Exception as error:  # noqa: BLE001 - python3-saml raises a bare one for what is no description
            return render_authentication_error(request, self, exception=error)

    def unstash_redirect_state(self, request: HttpRequest, state_id: str) -> dict[str, Any]:
        """An assertion is taken once, by the browser that asked for it."""
        try:
            return super().unstash_redirect_state(request, state_id)
        except PermissionDenied as error:
            raise ImmediateHttpResponse(render_authentication_error(request, self)) from error

    def extract_uid(self, data) -> str:
        """A name that lasts one session only says nothing about who it is."""
        if not data.get_nameid() or data.get_nameid_format() == TRANSIENT:
            raise ImmediateHttpResponse(render_authentication_error(self.request, self))
        return subject_key(chosen().issuer, data.get_nameid())

    def extract_extra_data(self, data) -> dict[str, Any]:
        """What `SignOnAdapter` reads and throws away; none of it is stored."""
        return data.get_attributes() | {"acr": data.get_last_authn_contexts()}

    def extract_common_fields(self, data) -> dict[str, Any]:
        return {}
