"""The addresses that a SAML service knows; read only where the extra for SAML is installed."""

from functools import wraps

from allauth.account.views import logout
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.saml import views
from django.urls import path

from hjulet.organisation.sign_on.saml import SamlProvider


def checked(view):
    """What is no XML is refused like every other answer that does not hold; allauth looks for no such thing."""

    @wraps(view)
    def checking(request, organization_slug):
        try:
            return view(request, organization_slug=organization_slug)
        except SyntaxError as error:
            return render_authentication_error(request, SamlProvider.id, exception=error)

    return checking


urlpatterns = [
    path("login/", views.login, name="saml_login"),
    path("acs/", views.acs, name="saml_acs"),
    path("acs/finish/", checked(views.finish_acs), name="saml_finish_acs"),
    path("metadata/", views.metadata, name="saml_metadata"),
    # A service that ends its own session leads here: the person is asked, because the question may come from anybody.
    path("sls/", logout, name="saml_sls"),
]
