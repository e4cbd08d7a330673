from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.collaboration.registers import operations, queries, rules
from hjulet.collaboration.registers.forms import NoFilters, form_of
from hjulet.collaboration.registers.register import Register
from hjulet.collaboration.registers.tables import table_of
from hjulet.organisation.change_log.queries import as_text


@reads
def index(request: HttpRequest, registers: Sequence[Register]) -> HttpResponse:
    require(rules.may_read(request.user))
    return render(request, "collaboration/registers/index.html", {"registers": registers})


@reads
def rows(request: HttpRequest, key: str, registers: Sequence[Register]) -> HttpResponse:
    require(rules.may_read(request.user))
    register = register_or_404(registers, key)
    filters = NoFilters(request.GET, queries.rows_of(register))
    context = {"register": register, "may_manage": rules.may_manage(request.user, register)}
    return table_page(request, table_of(register), filters, "collaboration/registers/rows.html", context)


@reads
def row(request: HttpRequest, key: str, pk: int, registers: Sequence[Register]) -> HttpResponse:
    require(rules.may_read(request.user))
    register = register_or_404(registers, key)
    row = get_object_or_404(queries.rows_of(register), pk=pk)
    context = {
        "register": register,
        "row": row,
        "values": [(register.label(n), as_text(register.model, n, v)) for n, v in register.values_of(row).items()],
        "history": queries.history_of(register, row),
        "may_manage": rules.may_manage(request.user, register),
    }
    return render(request, "collaboration/registers/row.html", context)


@writes
def add(request: HttpRequest, key: str, registers: Sequence[Register]) -> HttpResponse:
    register = register_or_404(registers, key)
    require(rules.may_manage(request.user, register))
    form = form_of(register)(request.POST or None, initial={"revision": 0})
    if form.performs(operations.save_register_row, row=register.model(), by=request.user, register=register):
        return done(request, _("Raden är tillagd."), "registers:row", register.key, form.result.pk)
    return form_page(request, form, heading=_("Lägg till en rad"), submit=_("Lägg till raden"), **beside(register))


@writes
def change(request: HttpRequest, key: str, pk: int, registers: Sequence[Register]) -> HttpResponse:
    register = register_or_404(registers, key)
    require(rules.may_manage(request.user, register))
    row = get_object_or_404(queries.rows_of(register), pk=pk)
    seen = {"revision": queries.latest_version(register, row)}
    form = form_of(register)(request.POST or None, instance=row, initial=seen)
    if form.performs(operations.save_register_row, row=row, by=request.user, register=register):
        return done(request, _("Ändringen är sparad som en ny version."), "registers:row", register.key, row.pk)
    return form_page(request, form, heading=_("Ändra raden"), submit=_("Spara ändringen"), **beside(register))


def register_or_404(registers: Sequence[Register], key: str) -> Register:
    for register in registers:
        if register.key == key:
            return register
    raise Http404


def beside(register: Register) -> dict:
    """Where the form of a row stands: in its register, among the others."""
    here = reverse("registers:rows", args=[register.key])
    return {
        "intro": register.intro,
        "cancel_url": here,
        "crumbs": [(_("Register"), reverse("registers:index")), (register.title, here)],
    }
