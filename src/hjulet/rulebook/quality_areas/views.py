from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hjulet.base.operations import require
from hjulet.base.pages import reads
from hjulet.rulebook.quality_areas import queries, rules


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    page = queries.areas_page(request.user, timezone.localdate())
    return render(request, "rulebook/quality_areas/index.html", {"page": page})
