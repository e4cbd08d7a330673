from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from hjulet.base.middleware import FIELD, whose_form
from hjulet.collaboration.drafts.operations import keep_draft, throw_away_draft
from hjulet.collaboration.drafts.queries import draft_of
from hjulet.organisation.models import Person


class KeepTyped:
    """Gives form pages their draft, and keeps what is sent by somebody whose session has ended.

    The form says whose it is in its signed token, so that on a shared phone nobody else gets to see it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = request.get_full_path()
        if request.user.is_authenticated:
            person = request.user
            request.draft = SimpleLazyObject(lambda: draft_of(person, address))  # type: ignore[attr-defined]
        response = self.get_response(request)
        mode = access_mode(request)
        if request.method != "POST" or response.status_code != 302 or mode not in ("writes", "acts"):
            return response
        if not request.user.is_authenticated:
            return sent_too_late(request, response, mode)
        if mode == "writes":
            throw_away_draft(by=request.user, address=address)
        return response


def access_mode(request: HttpRequest) -> str:
    return getattr(getattr(request.resolver_match, "func", None), "access_mode", "")


def sent_too_late(request: HttpRequest, response: HttpResponse, mode: str) -> HttpResponse:
    """To the login, and from there back to the form; a button has no page of its own, so to the page where it stood."""
    if mode == "acts":
        return redirect_to_login(page_before(request))
    person = Person.objects.filter(pk=whose_form(request.POST.get(FIELD, "")), is_active=True).first()
    if person:
        keep_draft(by=person, address=request.get_full_path(), typed=dict(request.POST.lists()))
    return response


def page_before(request: HttpRequest) -> str:
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()})
    return urlsplit(before)._replace(scheme="", netloc="").geturl() if is_ours else "/"
