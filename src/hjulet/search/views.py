from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hjulet.base.pages import reads
from hjulet.search.finding import answers_to
from hjulet.search.queries import search


@reads
def index(request: HttpRequest) -> HttpResponse:
    """The words stand in the address alone: neither the page's title nor any log repeats them."""
    asked, kind, page = (request.GET.get(name, "") for name in ("q", "slag", "page"))
    results = search(request.user, asked, kind=kind, page=page)
    return render(request, "search/index.html", {"results": results, "kind": kind})


@reads
def find(request: HttpRequest) -> HttpResponse:
    """What applies, for whoever is in the middle of something: a question in ordinary words, one's own answers first."""
    asked, page = (request.GET.get(name, "") for name in ("q", "page"))
    answers = answers_to(request.user, asked, everywhere="alla" in request.GET, page=page)
    return render(request, "search/find.html", {"answers": answers, "everywhere": "alla" in request.GET})
