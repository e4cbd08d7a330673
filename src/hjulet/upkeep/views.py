from hmac import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views.decorators.cache import never_cache

from hjulet.base.fault_pages import passing_fault
from hjulet.base.pages import reads
from hjulet.upkeep.findings import readiness
from hjulet.upkeep.logs import request_id
from hjulet.upkeep.metrics import exposition


@login_not_required
@never_cache
@reads
def alive(request: HttpRequest) -> HttpResponse:
    """That the process answers, whatever the database does: who restarts it for the database's sake helps nobody."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@reads
def ready(request: HttpRequest) -> HttpResponse:
    """Whether pages can be sent here. What is wrong is said in words without a name, an address or a password."""
    found = readiness()
    return JsonResponse(
        {
            "ready": not any(finding.is_fault for finding in found),
            "faults": [finding.said for finding in found if finding.is_fault],
            "warnings": [finding.said for finding in found if finding.is_warning],
        },
        status=503 if any(finding.is_fault for finding in found) else 200,
        json_dumps_params={"ensure_ascii": False},
    )


@login_not_required
@never_cache
@reads
def figures(request: HttpRequest) -> HttpResponse:
    """There is no such page without a token, nor for who does not have it."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def fault(request: HttpRequest) -> HttpResponse:
    """The page of an error says the number that its lines in the log have. It asks nothing of what may be broken."""
    if response := passing_fault(request):
        return response
    page = loader.get_template("500.html").render({"number": request_id.get()})
    return HttpResponse(page, status=500)
