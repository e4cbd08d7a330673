from django.http import HttpRequest, HttpResponse

from hjulet.base.pages import reads
from hjulet.base.table_pages import table_page
from hjulet.reporting.gaps.forms import GapFilters
from hjulet.reporting.gaps.tables import gaps_table


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = GapFilters(request.GET, request=request)
    table = gaps_table(request.user, filters.page)
    return table_page(request, table, filters, "reporting/gaps/index.html", {"page": filters.page})
