from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import acts, done, reads
from hjulet.library import operations, queries, rules
from hjulet.library.shipped import names
from hjulet.library.states import Standing


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    return render(request, "library/index.html", {"pages": queries.library_pages(request.user)})


@reads
def part(request: HttpRequest, name: str, part: str) -> HttpResponse:
    require(rules.may_read(request.user))
    section = queries.section_page(request.user, name, part)
    if section is None:
        raise Http404
    return render(request, "library/part.html", {"section": section})


@acts
def install(request: HttpRequest, name: str) -> HttpResponse:
    require(rules.may_install(request.user))
    if name not in names():
        raise Http404
    report = operations.install_library(name, by=request.user)
    sentence = _("Klart: %(new)s nya rader, %(changed)s med ny lydelse. %(kept)s som ni har ändrat är lämnade i fred.")
    return done(request, sentence % {standing.value: report.counts[standing] for standing in Standing}, "library:list")
