from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hjulet.base.operations import require
from hjulet.base.pages import reads
from hjulet.collaboration.clock import queries, rules


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    return render(request, "collaboration/clock/index.html", {"clock": queries.clock_page()})
