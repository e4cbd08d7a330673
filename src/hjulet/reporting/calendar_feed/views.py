from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import acts, done, form_page, notes, reads, writes
from hjulet.reporting.calendar_feed import operations, queries, rules
from hjulet.reporting.calendar_feed.calendar import calendar_text
from hjulet.reporting.calendar_feed.forms import FeedForm

TEMPLATES = "reporting/calendar_feed"


@reads
def index(request: HttpRequest) -> HttpResponse:
    return render(request, f"{TEMPLATES}/index.html", {"page": queries.feed_page(request.user)})


@writes
def make(request: HttpRequest) -> HttpResponse:
    require(rules.may_have(request.user))
    form = FeedForm(request.POST or None)
    if form.performs(operations.make_feed, by=request.user):
        return show_once(request, form.result)
    here = reverse("calendar_feed:index")
    return form_page(
        request,
        form,
        heading=_("Skapa en adress till din kalender"),
        submit=_("Skapa adressen"),
        intro=_("Har du redan en adress slutar den att fungera."),
        cancel_url=here,
        crumbs=[(_("I din kalender"), here)],
    )


@acts
def withdraw(request: HttpRequest) -> HttpResponse:
    feed = queries.feed_of(request.user)
    if feed is None:
        raise Http404
    operations.withdraw_feed(feed, by=request.user)
    return done(request, _("Adressen är tillbakadragen och leder ingenstans."), "calendar_feed:index")


@login_not_required
@notes
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The one page of ours that opens without login: a calendar program cannot log in, but it knows the secret.

    The path is put out of reach of whatever logs the request after this: the secret stands in it.
    """
    request.path = request.path_info = reverse("calendar_feed:index")
    feed = queries.feed_at(token)
    if feed is None:
        return guarded(HttpResponse(status=404))
    if rules.is_fetched_too_often(feed, timezone.now()):
        return guarded(HttpResponse(status=429, headers={"Retry-After": "3600"}))
    operations.note_fetched(feed, by=feed.person)
    content = calendar_text(queries.happenings(feed), address=settings.ADDRESS)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = f'"{sha256(content).hexdigest()}"'
    answer["Content-Disposition"] = 'inline; filename="arshjul.ics"'
    return guarded(get_conditional_response(request, etag=answer["ETag"], response=answer))


def guarded(answer: HttpResponse) -> HttpResponse:
    """Not kept by anyone on the way, not found by a search engine, and told to no page that a link leads to."""
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def show_once(request: HttpRequest, token: str) -> HttpResponse:
    """The only time that anyone sees the address: no redirect, so that it is kept nowhere on the way."""
    address = settings.ADDRESS.rstrip("/") + reverse("calendar_feed:feed", args=[token])
    return render(request, f"{TEMPLATES}/address.html", {"address": address})
