"""What allauth asks of whoever logs in, and what it remembers of how that was done."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage


class SecondStep(AuthenticateStage):
    """Asked of whoever logs in here. The municipality's own login has a second step of its own, or is asked for one."""

    def _should_handle(self, request):
        return not came_by_sign_on(self.login.signal_kwargs) and super()._should_handle(request)


def came_by_sign_on(signal_kwargs) -> bool:
    """Of a login that is under way."""
    return "sociallogin" in (signal_kwargs or {})


def is_here_by_sign_on(request) -> bool:
    """Of a session: how the person who is logged in got in."""
    return any(record["method"] == "socialaccount" for record in get_authentication_records(request, request.user))
