from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hjulet.base.pages import reads
from hjulet.base.table_pages import table_page
from hjulet.reporting.outside_links.forms import OutsideLinkFilters
from hjulet.reporting.outside_links.queries import places_visible_to
from hjulet.reporting.outside_links.tables import OUTSIDE_LINKS


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = OutsideLinkFilters(request.GET, places_visible_to, request=request)
    context = {"are_checked": settings.CHECK_LINKS}
    return table_page(request, OUTSIDE_LINKS, filters, "reporting/outside_links/index.html", context)
