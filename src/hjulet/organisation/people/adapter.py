from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by the municipality: nobody signs up."""

    def is_open_for_signup(self, request):
        return False

    def can_delete_email(self, email_address):
        return False
