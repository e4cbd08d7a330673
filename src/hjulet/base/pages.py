"""Every view says whether it may write: a page that reads cannot, whatever it calls."""

from collections.abc import Callable
from functools import wraps

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe


class WriteOnReadingPage(Exception):
    """A page declared as reading tried to change the database."""


def refuse_writes(execute, sql, params, many, context):
    if not sql.lstrip(" (\n").upper().startswith(("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
        raise WriteOnReadingPage(sql.split(" ", 1)[0])
    return execute(sql, params, many, context)


def reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that only reads: GET and HEAD, and nothing but SELECT reaches the database."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with connection.execute_wrapper(refuse_writes):
            return view(request, *args, **kwargs)

    guarded.access_mode = "reads"  # type: ignore[attr-defined]
    return guarded


def writes(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that changes something: GET shows the form (and cannot write), POST runs in one transaction."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST":
            with transaction.atomic():
                return view(request, *args, **kwargs)
        with connection.execute_wrapper(refuse_writes):
            return view(request, *args, **kwargs)

    guarded.access_mode = "writes"  # type: ignore[attr-defined]
    return guarded
