from django.http import HttpRequest, HttpResponse

from hjulet.base.pages import reads
from hjulet.base.table_pages import table_page
from hjulet.organisation.decisions.forms import DecisionFilters
from hjulet.organisation.decisions.queries import decisions_visible_to
from hjulet.organisation.decisions.tables import DECISIONS


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = DecisionFilters(request.GET, decisions_visible_to, request=request)
    return table_page(request, DECISIONS, filters, "organisation/decisions/index.html")
