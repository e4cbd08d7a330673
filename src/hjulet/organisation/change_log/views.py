from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hjulet.audit.words import happening
from hjulet.base.operations import require
from hjulet.base.pages import reads
from hjulet.base.table_pages import table_page
from hjulet.organisation.change_log import queries
from hjulet.organisation.change_log.forms import EventFilters
from hjulet.organisation.change_log.tables import EVENTS
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.AUDIT_READ))
    filters = EventFilters(request.GET, queries.events_visible_to, request=request)
    return table_page(request, EVENTS, filters, "organisation/change_log/index.html")


@reads
def detail(request: HttpRequest, number: int) -> HttpResponse:
    event = get_object_or_404(queries.events_visible_to(request.user), number=number)
    context = {
        "event": event,
        "happening": happening(event.verb),
        "target": queries.name_of(event.target_type),
        "values": queries.values_of(event),
    }
    return render(request, "organisation/change_log/detail.html", context)
