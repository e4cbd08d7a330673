from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.pages import reads
from hjulet.base.table_pages import as_download
from hjulet.monitoring.recurring_duties.rules import may_plan_anywhere
from hjulet.reporting.year_wheel.documents import year_file
from hjulet.reporting.year_wheel.forms import YearChoice
from hjulet.reporting.year_wheel.pictures import year_figure
from hjulet.reporting.year_wheel.queries import MOST_IN_A_FILE, year_of

FILES = {"pdf": _("Hämta som PDF"), "docx": _("Hämta som Word"), "xlsx": _("Hämta som Excel")}


@reads
def index(request: HttpRequest) -> HttpResponse:
    choice = YearChoice(request.GET, person=request.user)
    year = year_of(request.user, choice.committee, choice.year, choice.asked) if choice.committee else None
    context = {
        "choice": choice,
        "year": year,
        "ring": year_figure(year) if year else None,
        "may_plan": may_plan_anywhere(request.user),
        "files": FILES.items(),
    }
    return render(request, "reporting/year_wheel/index.html", context)


@reads
def file(request: HttpRequest, format: str) -> HttpResponse:
    choice = YearChoice(request.GET, person=request.user)
    if format not in FILES or choice.committee is None:
        raise Http404
    year = year_of(request.user, choice.committee, choice.year, choice.asked, most=MOST_IN_A_FILE)
    return as_download(year_file(year, format), f"arshjul-{year.year}.{format}", MEDIA_TYPES[format])
