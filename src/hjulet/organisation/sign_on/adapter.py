"""Where allauth hands over: somebody has shown who they are, and we say whether and as whom they come in."""

import logging
from dataclasses import replace

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.operations import Refused
from hjulet.organisation.people.models import Person
from hjulet.organisation.sign_on.configuration import chosen
from hjulet.organisation.sign_on.operations import come_in, remember_groups
from hjulet.organisation.sign_on.told import Told, read

log = logging.getLogger(__name__)


class SignOnAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """Takes what we use of what the provider told, before anything of it is stored."""
        account = sociallogin.account
        sociallogin.told = replace(read(account.extra_data, chosen()), subject=account.uid)
        account.extra_data = {}
        return sociallogin.user

    def authenticate_by_email(self, sociallogin):
        """Who is known by an address is for `come_in` to say."""

    def pre_social_login(self, request, sociallogin):
        told: Told = sociallogin.told
        if sociallogin.state.get("process") != AuthProcess.LOGIN or sociallogin.state.get("nonce", "") != told.nonce:
            raise self.stopped(request, sentence_of(None, None))
        machine, day = Person.objects.machine(), timezone.localdate()
        try:
            link = come_in(told, by=machine, provider=sociallogin.account.provider, day=day)
        except (Refused, ValidationError) as refusal:
            remember_groups(told.groups, by=machine, day=day)
            sentence = refusal.sentence if isinstance(refusal, Refused) else " ".join(refusal.messages)
            raise self.stopped(request, sentence) from refusal
        sociallogin.account, sociallogin.user = link, link.user

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        log.warning("single sign-on failed: %s", exception or error)
        raise self.stopped(request, sentence_of(error, exception))

    def stopped(self, request, sentence) -> ImmediateHttpResponse:
        return ImmediateHttpResponse(
            render(request, "organisation/sign_on/stopped.html", {"sentence": sentence}, status=403)
        )


def sentence_of(error: str | None, exception: Exception | None) -> str:
    if error == AuthError.CANCELLED:
        return _("Du avbröt inloggningen.")
    if isinstance(exception, OSError):  # as every fault of `requests` and `urllib` is
        return _("Inloggningstjänsten svarar inte just nu. Vänta en stund och försök igen.")
    return _("Inloggningen gick inte att kontrollera och gäller därför inte. Börja om från början.")
