"""The way to the identity provider and back. Of allauth's pages only these: nobody links accounts or signs up here."""

from django.apps import apps
from django.urls import include, path

from hjulet.organisation.sign_on import openid

urlpatterns = [
    path("oidc/", openid.login, name="openid_connect_login"),
    path("oidc/svar/", openid.callback, name="openid_connect_callback"),
]
if apps.is_installed("allauth.socialaccount.providers.saml"):
    urlpatterns.append(path("saml/<slug:organization_slug>/", include("hjulet.organisation.sign_on.saml_doors")))
