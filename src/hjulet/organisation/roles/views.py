from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.roles import operations, queries
from hjulet.organisation.roles.forms import AssignForm, EndForm, HoldersFilters
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import Responsibility
from hjulet.organisation.roles.tables import HOLDERS
from hjulet.organisation.units.rules import may_give_role


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(queries.holds_anywhere(request.user, Permission.ORGANISATION_READ))
    filters = HoldersFilters(request.GET, queries.holders_today(request.user), request=request)
    context = {
        "roles": queries.described_roles(),
        "responsibilities": Responsibility.labels,
        "may_assign": queries.holds_anywhere(request.user, Permission.ORGANISATION_MANAGE),
    }
    return table_page(request, HOLDERS, filters, "organisation/roles/index.html", context)


@writes
def assign(request: HttpRequest) -> HttpResponse:
    require(queries.holds_anywhere(request.user, Permission.ORGANISATION_MANAGE))
    given = {name: request.GET.get(name) for name in ("person", "unit")}
    form = AssignForm(request.POST or None, person=request.user, initial=given)
    if form.performs(operations.assign_role, by=request.user):
        return done(request, _("Rollen är given."), form.result.person)
    return form_page(
        request,
        form,
        heading=_("Ge en roll"),
        submit=_("Ge rollen"),
        cancel_url=reverse("roles:list"),
        crumbs=[(_("Ansvar och roller"), reverse("roles:list"))],
    )


@writes
def end(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(queries.assignments_visible_to(request.user), pk=pk)
    require(may_give_role(request.user, held.definition, held.unit))
    form = EndForm(request.POST or None)
    if form.performs(operations.end_assignment, assignment=held, by=request.user):
        return done(request, _("Rollen avslutas."), held.person)
    here = held.person.get_absolute_url()
    return form_page(
        request,
        form,
        heading=_("Avsluta rollen"),
        submit=_("Avsluta rollen"),
        intro=str(held),
        cancel_url=here,
        crumbs=[(_("Personer"), reverse("people:list")), (held.person.name, here)],
    )
