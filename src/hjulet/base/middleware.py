"""What every request may need: closed answers, a form sent twice done once, and a refusal told in words."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from time import sleep

from django.contrib import messages
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render

from hjulet.base.operations import Refused

# What no page of ours uses is closed also to whatever might get into one; keys for the login are used.
CLOSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS = ", ".join([*(f"{name}=()" for name in CLOSED), "publickey-credentials-get=(self)"])

BY_A_BROWSER = ("GET", "HEAD", "POST")
FIELD = "once"
KEPT_FOR = 60 * 60  # seconds
AT_WORK_FOR = 30  # a process that was killed while it worked lets go of its form after so long
LOOKS = 20  # how often a second sending looks for the first answer, with a tenth of a second between
NOT_YET = ("", "")  # where the answer led, and what to say there
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


class CloseAnswers:
    """Outermost: every answer, of whatever kind, is for this site and this person alone, and is stored nowhere.

    What an answer says of itself stands: static files may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class OnceOnly:
    """A double click or an impatient "send again" gives the first answer.

    Every form carries a token of its own. A token that led somewhere leads there again; one that failed is free. While
    the first is at work the second waits for it: a browser shows the answer to the last click only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.POST.get(FIELD) if request.method == "POST" else None
        if not token:
            return self.get_response(request)
        key = f"once:{sha256(f'{request.user.pk} {request.path} {token}'.encode()).hexdigest()}"
        for look in range(LOOKS):
            if look:
                sleep(0.1)
            if cache.add(key, NOT_YET, AT_WORK_FOR):
                return self.first_answer(request, key)
            address, sentence = cache.get(key, NOT_YET)
            if sentence:
                messages.warning(request, sentence)
            if address:
                return HttpResponseRedirect(address)
        return render(request, "at_work.html", status=202)

    def first_answer(self, request: HttpRequest, key: str) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HttpResponseRedirect.status_code:
            cache.set(key, (response["Location"], ""), KEPT_FOR)
        elif hasattr(response, "sent_again"):
            cache.set(key, response.sent_again, KEPT_FOR)
        else:
            cache.touch(key, 0)  # expires at once: the form may be sent again
        return response


class RefusalInWords:
    """A refusal that no form or button took care of becomes a page with its sentence, not a fault of the server.

    So does the address of a button that somebody opens: what a browser can do by itself is answered in words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HttpResponseNotAllowed.status_code or request.method not in BY_A_BROWSER:
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"sentence": exception.sentence}, status=409)
        return None
