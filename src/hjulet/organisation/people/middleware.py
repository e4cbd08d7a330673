from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from hjulet.organisation.people.stages import is_here_by_sign_on

RENEWED_AFTER = 60  # seconds; each renewal is a write


class ChangeOneTimePassword:
    """Whoever logged in with a one-time password chooses an own one before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user
        if person.is_authenticated and person.must_change_password and not is_here_by_sign_on(request):
            allowed = {reverse("account_change_password"), reverse("account_logout")}
            if request.path not in allowed and not request.path.startswith("/static/"):
                return redirect("account_change_password")
        return self.get_response(request)


class EndSession:
    """Moves the end of a session forward while somebody works, and ends it after a working day at the latest."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            logged_in = request.user.last_login.timestamp()
            began, seen = request.session.get("began", logged_in), request.session.get("seen", logged_in)
            if now - began > settings.SESSION_AT_MOST:
                logout(request)
            elif now - seen > RENEWED_AFTER:
                request.session.update({"began": began, "seen": now})
        return self.get_response(request)
