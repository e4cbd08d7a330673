"""The pages of faults that are not the person's: the database is away, a disk is full, a form has grown old.

They ask nothing of the database, and hand back what was typed.
"""

import errno
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import Resolver404, resolve

from hjulet.base.middleware import FIELD, form_token, whose_form

RETRY_AFTER = 60  # seconds
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def passing_fault(request: HttpRequest) -> HttpResponse | None:
    """503 for what nothing took care of and passes by itself; None for a fault of ours."""
    error = sys.exc_info()[1]
    if is_away(error):
        return unavailable(request, "database")
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return unavailable(request, "disk")
    return None


def is_away(error: BaseException | None) -> bool:
    """Whether the database does not answer, is busy too long or takes no more: nothing that our code did wrong."""
    return isinstance(error, OperationalError | InterfaceError)


def unavailable(request: HttpRequest, what: str) -> HttpResponse:
    """Everything that was sent stands in a form of the page, which is let in by the token it came with.

    Nobody knows whether the first sending was noted as done: the second is another one.
    """
    fields = typed(request)
    if fields:
        again = form_token(whose_form(request.POST.get(FIELD, "")))
        fields += [("csrfmiddlewaretoken", request.POST.get("csrfmiddlewaretoken", "")), (FIELD, again)]
    context = {"what": what, "address": request.get_full_path(), "fields": fields}
    page = get_template("503.html").render(context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not ours. What was typed is shown to be copied, never to be sent: it may be a stranger's."""
    texts = [value for _name, value in typed(request) if value.strip() and not value.isdigit()]
    return HttpResponse(get_template("403_csrf.html").render({"texts": texts}), status=403)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that were sent to a form or button of ours; none of a login, whose fields are secrets."""
    if request.method != "POST" or not is_ours(request.path_info):
        return []
    own = {FIELD, "csrfmiddlewaretoken"}
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]


def is_ours(path: str) -> bool:
    try:
        view: Any = resolve(path).func
    except Resolver404:
        return False
    return hasattr(view, "access_mode")
