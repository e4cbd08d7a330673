from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import discloses, form_page, reads, writes
from hjulet.base.table_pages import as_download, table_page
from hjulet.collaboration.read_log import operations, queries
from hjulet.collaboration.read_log.forms import ExtractForm, MyReadingFilters, ReadingFilters
from hjulet.collaboration.read_log.pages import disclose_log
from hjulet.collaboration.read_log.tables import MINE, READINGS
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere

TEMPLATES = "collaboration/read_log"


@discloses
def index(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.READ_LOG_REVIEW))
    disclose_log(request, queries.reviewed_units(request.user), request.GET.urlencode())
    filters = ReadingFilters(request.GET, queries.readings_visible_to, request=request)
    return table_page(request, READINGS, filters, f"{TEMPLATES}/index.html", {"retention": queries.retention()})


@reads
def mine(request: HttpRequest) -> HttpResponse:
    filters = MyReadingFilters(request.GET, queries.readings_of, request=request)
    return table_page(request, MINE, filters, f"{TEMPLATES}/mine.html")


@writes
def extract(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.READ_LOG_REVIEW))
    form = ExtractForm(request.POST or None, person=request.user)
    if form.performs(operations.make_extract, by=request.user):
        return as_download(form.result.content, form.result.name, form.result.media_type)
    here = reverse("read_log:list")
    return form_page(
        request,
        form,
        heading=_("Gör ett utdrag ur läsloggen"),
        submit=_("Hämta utdraget"),
        cancel_url=here,
        intro=_("Ett dokument över vad en person har läst, eller över vem som har läst en post."),
        crumbs=[(_("Läslogg"), here)],
    )
