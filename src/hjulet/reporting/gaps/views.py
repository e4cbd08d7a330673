from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hjulet.base.pages import reads
from hjulet.base.table_pages import table_page
from hjulet.reporting.gaps.forms import GapFilters
from hjulet.reporting.gaps.queries import gaps_count
from hjulet.reporting.gaps.remembering import remember, remembered
from hjulet.reporting.gaps.tables import gaps_table


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = GapFilters(request.GET, request=request)
    if filters.page.is_everywhere:
        remember(request.session, filters.page.count)
    table = gaps_table(request.user, filters.page)
    return table_page(request, table, filters, "reporting/gaps/index.html", {"page": filters.page})


@reads
def count(request: HttpRequest) -> HttpResponse:
    """The number in the top of the page, fetched beside a page when what the session remembers is old."""
    remember(request.session, gaps_count(request.user))
    return render(request, "reporting/gaps/count.html", {"known_gaps": remembered(request.session)})
