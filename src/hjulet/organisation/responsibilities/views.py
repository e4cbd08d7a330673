from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import as_download, table_page
from hjulet.organisation.models import AreaResponsibility
from hjulet.organisation.responsibilities import operations, queries, rules
from hjulet.organisation.responsibilities.documents import map_file as drawn_map
from hjulet.organisation.responsibilities.documents import organisation_file
from hjulet.organisation.responsibilities.forms import (
    CommitteeChoice,
    EndForm,
    NewResponsibilityForm,
    PlaceChoice,
    ResponsibilityFilters,
    ResponsibilityForm,
)
from hjulet.organisation.responsibilities.tables import RESPONSIBILITIES
from hjulet.organisation.roles.roles import Responsibility
from hjulet.organisation.secrecy.pages import one_or_404

TEMPLATES = "organisation/responsibilities"
FILES = {
    "pdf": gettext_lazy("Hämta som PDF"),
    "docx": gettext_lazy("Hämta som Word"),
    "xlsx": gettext_lazy("Hämta som Excel"),
}


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    places = queries.places_of(request.user, timezone.localdate())
    choice = CommitteeChoice(request.GET, places=places)
    page = choice.unit and queries.organisation_page(request.user, choice.unit, places, timezone.localdate())
    context = {"choice": choice, "page": page, "responsibilities": Responsibility.labels, "files": FILES.items()}
    return render(request, f"{TEMPLATES}/index.html", context)


@reads
def file(request: HttpRequest, format: str) -> HttpResponse:
    require(rules.may_read(request.user))
    places = queries.places_of(request.user, timezone.localdate())
    choice = CommitteeChoice(request.GET, places=places)
    if format not in FILES or choice.unit is None:
        raise Http404
    most = queries.MOST_UNITS_IN_A_FILE
    page = queries.organisation_page(request.user, choice.unit, places, timezone.localdate(), most=most)
    return as_download(organisation_file(page, format), f"kvalitetsorganisation.{format}", MEDIA_TYPES[format])


@reads
def show_map(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    places = queries.places_of(request.user, timezone.localdate())
    choice = PlaceChoice(request.GET, places=places)
    context = {
        "choice": choice,
        "map": choice.unit and queries.map_of(choice.unit, places, timezone.localdate()),
        "responsibilities": Responsibility.labels,
        "files": FILES.items(),
    }
    return render(request, f"{TEMPLATES}/map.html", context)


@reads
def map_file(request: HttpRequest, format: str) -> HttpResponse:
    require(rules.may_read(request.user))
    places = queries.places_of(request.user, timezone.localdate())
    choice = PlaceChoice(request.GET, places=places)
    if format not in FILES or choice.unit is None:
        raise Http404
    shown = queries.map_of(choice.unit, places, timezone.localdate(), most=queries.MOST_UNITS_IN_A_FILE)
    return as_download(drawn_map(shown, format), f"ansvarskarta.{format}", MEDIA_TYPES[format])


@reads
def responsibilities(request: HttpRequest) -> HttpResponse:
    require(rules.may_read(request.user))
    filters = ResponsibilityFilters(request.GET, queries.responsibilities_visible_to, request=request)
    context = {"may_edit": rules.may_edit_anywhere(request.user)}
    return table_page(request, RESPONSIBILITIES, filters, f"{TEMPLATES}/list.html", context)


@reads
def responsibility(request: HttpRequest, pk: int) -> HttpResponse:
    found = responsibility_or_404(request, pk)
    context = {
        "responsibility": found,
        "may_edit": rules.may_edit(request.user, found.unit),
        "obstacle": rules.obstacle_to_changing(found),
    }
    return render(request, f"{TEMPLATES}/responsibility.html", context)


@writes
def make_responsible(request: HttpRequest) -> HttpResponse:
    require(rules.may_edit_anywhere(request.user))
    return new_responsibility(request, request.GET.dict())


@writes
def answer_for(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form for a nämnd where an area lacks somebody: that area is chosen."""
    committee = next((place for place in queries.places_of(request.user, timezone.localdate()) if place.pk == pk), None)
    if committee is None:
        raise Http404
    require(rules.may_edit(request.user, committee))
    area = queries.first_unanswered(request.user, committee, timezone.localdate())
    return new_responsibility(request, {"unit": committee, "area": area})


def new_responsibility(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    form = NewResponsibilityForm(request.POST or None, person=request.user, initial=given)
    if form.performs(operations.make_responsible, by=request.user):
        return done(request, _("Ansvaret är angivet."), form.result)
    return form_page(
        request, form, heading=_("Ange vem som ansvarar för ett område"), submit=_("Ange ansvaret"), **beside_list()
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = responsibility_to_edit(request, pk)
    form = ResponsibilityForm(request.POST or None, instance=found)
    if form.performs(operations.change_responsibility, responsibility=found, by=request.user):
        return done(request, _("Ändringen är sparad."), found)
    return form_page(request, form, heading=_("Ändra ansvaret"), submit=_("Spara ändringen"), **beside(found))


@writes
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = responsibility_to_edit(request, pk)
    form = EndForm(request.POST or None)
    if form.performs(operations.end_responsibility, responsibility=found, by=request.user):
        return done(request, _("Ansvaret avslutas."), found)
    return form_page(request, form, heading=_("Avsluta ansvaret"), **beside(found))


def responsibility_or_404(request: HttpRequest, pk: int) -> AreaResponsibility:
    return one_or_404(request, queries.responsibilities_visible_to, pk)


def responsibility_to_edit(request: HttpRequest, pk: int) -> AreaResponsibility:
    found = responsibility_or_404(request, pk)
    require(rules.may_edit(request.user, found.unit))
    return found


def beside_list() -> dict[str, Any]:
    """The way back from a form about a new one."""
    here = reverse("responsibilities:list")
    return {"cancel_url": here, "crumbs": [(_("Ansvar för områden"), here)]}


def beside(found: AreaResponsibility) -> dict[str, Any]:
    """The same from a form about one that is there."""
    here = found.get_absolute_url()
    return {"intro": str(found), "cancel_url": here, "crumbs": [*beside_list()["crumbs"], (str(found), here)]}
