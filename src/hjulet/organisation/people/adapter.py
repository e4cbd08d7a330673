import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.people.operations import choose_own_password
from hjulet.organisation.people.rules import obstacle_to_password
from hjulet.organisation.people.stages import came_by_sign_on, is_here_by_sign_on
from hjulet.organisation.sign_on.openid import end_session_address

ALLAUTHS_STEP = "allauth.mfa.stages.AuthenticateStage"
OUR_STEP = "hjulet.organisation.people.stages.SecondStep"

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by the municipality: nobody signs up, and nobody changes address but through it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Kontot är avstängt. Fråga din systemförvaltare."),
        "email_password_mismatch": _("E-postadressen och lösenordet stämmer inte. Kontrollera båda och försök igen."),
        "enter_current_password": _("Skriv det lösenord du har i dag."),
        "incorrect_code": _("Koden stämmer inte. Skriv den som appen visar just nu."),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "max_email_addresses": _("Du har redan %d e-postadress. Be din systemförvaltare att ändra den."),
        "too_many_login_attempts": _(
            "För många försök med fel lösenord. Vänta fem minuter och försök igen, eller välj ett nytt lösenord."
        ),
        "rate_limited": _("För många försök på kort tid. Vänta en stund och försök igen."),
    }

    def is_open_for_signup(self, request):
        return False

    def can_delete_email(self, email_address):
        return False

    def pre_login(self, request, user, **kwargs):
        """Every way in but single sign-on passes here: by password, by the link in a mail, by a key."""
        if not came_by_sign_on(kwargs["signal_kwargs"]) and (obstacle := obstacle_to_password(user)):
            clear_login(request)
            self.add_message(request, messages.ERROR, message=obstacle)
            return HttpResponseRedirect(reverse("account_login"))
        return super().pre_login(request, user, **kwargs)

    def get_login_stages(self):
        """With our own rule for who is asked for a second step, in the place of allauth's."""
        return [OUR_STEP if stage == ALLAUTHS_STEP else stage for stage in super().get_login_stages()]

    def logout(self, request):
        """The login page then offers to log out of the municipality's login too: on a shared computer it is still open."""
        leads_on = end_session_address(request) if is_here_by_sign_on(request) else ""
        super().logout(request)
        if leads_on:
            request.session["end_session"] = leads_on

    def send_mail(self, template_prefix, email, context):
        """A mail server that is away is noted, and the page says what it says to everyone.

        A fault only where there is an account would tell strangers that there is one.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            logger.error("mail %s: %s", template_prefix, type(error).__name__)  # noqa: TRY400 - it holds the address

    def set_password(self, user, password):
        """Every way of choosing a password of one's own passes here."""
        choose_own_password(user, by=user, password=password)

    def get_password_change_redirect_url(self, request):
        return reverse("people:account")
