"""What every request may need: a form sent twice is done once, and a refusal is told in words."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from hjulet.base.operations import Refused

FIELD = "once"
KEPT_FOR = 60 * 60
SIGNER = TimestampSigner(salt="form")


def form_token(person_key: int | None) -> str:
    """What makes this showing of a form known, and says whose it is."""
    return SIGNER.sign(f"{person_key or 0}.{token_urlsafe(9)}")


def whose_form(token: str) -> int | None:
    """The key of the person who was shown the form; None for a token that is not ours or is older than a day."""
    try:
        return int(SIGNER.unsign(token, max_age=timedelta(days=1)).partition(".")[0])
    except BadSignature:
        return None


class OnceOnly:
    """A double click or an impatient "send again" gives the first answer.

    Every form carries a token of its own. A token that led somewhere leads there again; one that failed is free.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.POST.get(FIELD) if request.method == "POST" else None
        if not token:
            return self.get_response(request)
        key = f"once:{sha256(f'{request.user.pk} {request.path} {token}'.encode()).hexdigest()}"
        if not cache.add(key, "", KEPT_FOR):
            return HttpResponseRedirect(cache.get(key) or request.path)
        response = self.get_response(request)
        if response.status_code == HttpResponseRedirect.status_code:
            cache.set(key, response["Location"], KEPT_FOR)
        else:
            cache.touch(key, 0)  # expires at once: the form may be sent again
        return response


class RefusalInWords:
    """A refusal that no form or button took care of becomes a page with its sentence, not a fault of the server."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"sentence": exception.sentence}, status=409)
        return None
