"""A form that is sent twice is done once: a double click or an impatient "send again" gives the first answer."""

from collections.abc import Callable
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

FIELD = "once"
KEPT_FOR = 60 * 60


class OnceOnly:
    """Every form carries a token of its own. A token that led somewhere leads there again; one that failed is free."""

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
