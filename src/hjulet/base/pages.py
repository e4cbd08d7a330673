"""Every view says whether it may write: a page that reads cannot, whatever it calls."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hjulet.base.operations import Refused


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


def discloses(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that reads, and that may show what is marked as secret: that it did is written down when it is drawn.

    A page declared as `reads` that shows such a row is a fault, and the reader gets nothing.
    """
    guarded = reads(view)
    guarded.access_mode = "discloses"  # type: ignore[attr-defined]
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


def notes(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that is read, and notes that it was: GET and HEAD, in one transaction."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with transaction.atomic():
            return view(request, *args, **kwargs)

    guarded.access_mode = "notes"  # type: ignore[attr-defined]
    return guarded


def acts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A button: POST only, in one transaction. The page it stands on is its form."""

    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with transaction.atomic():
            return view(request, *args, **kwargs)

    guarded.access_mode = "acts"  # type: ignore[attr-defined]
    return guarded


def done(request: HttpRequest, sentence: Any, *to: Any) -> HttpResponse:
    """Say what was done and go on, to a row's page or an address by its name."""
    messages.success(request, sentence)
    return redirect(*to)


def shown_once(response: HttpResponse, sentence: Any, *to: Any) -> HttpResponse:
    """An answer that is never given again: whoever sends the same form twice is led elsewhere, and told why."""
    response.sent_again = (resolve_url(*to), str(sentence))  # type: ignore[attr-defined]
    return response


def act(
    request: HttpRequest,
    operation: Callable[..., Any],
    target: models.Model,
    *,
    said: Any,
    leads_to: Callable[[Any], models.Model] | None = None,
    refused_at: Any = None,
) -> HttpResponse:
    """Do what a button says and go back to the row's page, with what was done or why it could not be.

    `leads_to` finds, in what the operation returned, the new row to go on with; `refused_at` is where the button stands
    when that is not the page of the row.
    """
    try:
        result = operation(target, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(refused_at or target)
    return done(request, said, leads_to(result) if leads_to else target)


def taken_up(request: HttpRequest, form: Any) -> Any:
    """Put what the person has typed here before and not sent in the form; returns that draft, which the page tells of.

    For `form_page`, and for a page that draws its form by hand: it includes `base/forms/draft.html` and gives the form
    the address that keeps what is typed.
    """
    draft = None if form.is_bound else getattr(request, "draft", None)
    if draft:
        form.take_up(draft.typed)
    return draft


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    heading: Any,
    submit: Any = None,
    cancel_url: str,
    intro: Any = "",
    crumbs=(),
) -> HttpResponse:
    """The page of one form, used wherever a form needs nothing around it. 422 when something has to be put right.

    `submit` is what the button says when that is not the heading. What the person has typed here before and not sent
    stands in the form again.
    """
    context = {
        "form": form,
        "heading": heading,
        "submit": submit or heading,
        "cancel_url": cancel_url,
        "intro": intro,
        "crumbs": crumbs,
        "draft": taken_up(request, form),
    }
    return render(request, "base/forms/form.html", context, status=422 if form.errors else 200)
