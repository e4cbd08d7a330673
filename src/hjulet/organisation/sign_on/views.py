from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.organisation.sign_on import operations, queries, rules
from hjulet.organisation.sign_on.forms import GroupRoleFilters, GroupRoleForm, NewGroupRoleForm
from hjulet.organisation.sign_on.models import GroupRole
from hjulet.organisation.sign_on.tables import GROUP_ROLES


@reads
def index(request: HttpRequest) -> HttpResponse:
    require(rules.may_map(request.user))
    filters = GroupRoleFilters(request.GET, queries.group_roles_visible_to, request=request)
    page = queries.sign_on_page(request.user, timezone.localdate())
    return table_page(request, GROUP_ROLES, filters, "organisation/sign_on/index.html", {"page": page})


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, pk)
    page = queries.group_role_page(request.user, row)
    return render(request, "organisation/sign_on/detail.html", {"row": row, "page": page})


@writes
def add(request: HttpRequest) -> HttpResponse:
    require(rules.may_map(request.user))
    form = NewGroupRoleForm(request.POST or None, person=request.user, initial={"value": request.GET.get("value")})
    if form.performs(operations.map_group, by=request.user):
        return done(request, _("Gruppen ger rollen från nästa inloggning."), "sign_on:list")
    return form_page(request, form, heading=_("Låt en grupp ge en roll"), submit=_("Spara"), **beside())


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, pk)
    require(rules.may_change(request.user, row))
    form = GroupRoleForm(request.POST or None, instance=row, person=request.user)
    if form.performs(operations.change_group_role, row=row, by=request.user):
        return done(request, _("Ändringen är sparad och gäller från nästa inloggning."), row)
    return form_page(request, form, heading=_("Ändra vad gruppen ger"), submit=_("Spara ändringen"), **beside(row))


@writes
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, pk)
    require(rules.may_change(request.user, row))
    form = ReasonForm(request.POST or None, label=_("Varför tas rollen bort från gruppen?"))
    if form.performs(operations.unmap_group, row=row, by=request.user):
        return done(request, _("Gruppen ger inte rollen längre."), "sign_on:list")
    return form_page(request, form, heading=_("Ta bort rollen från gruppen"), **beside(row))


def row_or_404(request: HttpRequest, pk: int) -> GroupRole:
    return one_or_404(request, queries.group_roles_visible_to, pk)


def beside(row: GroupRole | None = None) -> dict[str, Any]:
    crumbs = [(_("Ansvar och roller"), reverse("roles:list")), (_("Roller vid inloggning"), reverse("sign_on:list"))]
    if row is None:
        return {"cancel_url": reverse("sign_on:list"), "crumbs": crumbs}
    here = row.get_absolute_url()
    return {"intro": str(row), "cancel_url": here, "crumbs": [*crumbs, (row.value, here)]}
