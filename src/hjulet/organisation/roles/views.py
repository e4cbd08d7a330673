from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.people.queries import people_with_roles
from hjulet.organisation.people.tables import PEOPLE
from hjulet.organisation.roles import operations, queries, rules
from hjulet.organisation.roles.forms import AssignForm, EndForm, HoldersFilters, ManyAssignForm
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import Responsibility
from hjulet.organisation.roles.tables import HOLDERS
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.organisation.units.queries import units_managed_by
from hjulet.organisation.units.rules import may_give_role


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(queries.holds_anywhere(request.user, Permission.ORGANISATION_READ))
    filters = HoldersFilters(request.GET, queries.holders_today, request=request)
    context = {
        "roles": queries.described_roles(),
        "responsibilities": Responsibility.labels,
        "may_assign": queries.holds_anywhere(request.user, Permission.ORGANISATION_MANAGE),
    }
    may_change = context["may_assign"]
    return table_page(request, HOLDERS, filters, "organisation/roles/index.html", context, may_change=may_change)


@writes
def assign(request: HttpRequest, unit: int | None = None) -> HttpResponse:
    """A page that knows where the role is needed leads here with the unit; the form knows who may give it there."""
    require(queries.holds_anywhere(request.user, Permission.ORGANISATION_MANAGE))
    place = one_or_404(request, units_managed_by, unit).pk if unit is not None else request.GET.get("unit")
    given = {"person": request.GET.get("person"), "unit": place}
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
def assign_many(request: HttpRequest) -> HttpResponse:
    require(queries.holds_anywhere(request.user, Permission.ORGANISATION_MANAGE))
    return many_page(
        request,
        PEOPLE,
        people_with_roles(request.user),
        ManyAssignForm(request.POST or None, person=request.user),
        operations.assign_role_to_many,
        may=lambda _user, _person: True,
        obstacle=rules.obstacle_to_receiving,
        heading=_("Ge flera personer en roll"),
        said=lambda n: ngettext("%(n)s person har fått rollen.", "%(n)s personer har fått rollen.", n) % {"n": n},
        back="people:list",
    )


@writes
def end_many(request: HttpRequest) -> HttpResponse:
    require(queries.holds_anywhere(request.user, Permission.ORGANISATION_MANAGE))
    return many_page(
        request,
        HOLDERS,
        queries.holders_today(request.user).select_related("unit__committee"),
        EndForm(request.POST or None),
        operations.end_assignments,
        may=lambda user, held: may_give_role(user, held.definition, held.unit),
        obstacle=lambda held: rules.obstacle_to_ending(held, request.user),
        heading=_("Avsluta flera roller"),
        said=lambda n: ngettext("%(n)s roll avslutas.", "%(n)s roller avslutas.", n) % {"n": n},
        back="roles:list",
    )


@writes
def end(request: HttpRequest, pk: int) -> HttpResponse:
    held = one_or_404(request, queries.assignments_visible_to, pk)
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
