from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.organisation.units import operations, queries, rules
from hjulet.organisation.units.forms import ChangeForm, DayForm, EstablishForm
from hjulet.organisation.units.models import Unit


@reads
def tree(request: HttpRequest) -> HttpResponse:
    """The organisation of today, or of the day that is asked for."""
    form = DayForm(request.GET or None, initial={"day": timezone.localdate()})
    day = (form.is_valid() and form.cleaned_data["day"]) or timezone.localdate()
    context = {
        "form": form,
        "day": day,
        "branches": queries.tree(request.user, day),
        "may_manage": holds_anywhere(request.user, Permission.ORGANISATION_MANAGE),
    }
    return render(request, "organisation/units/tree.html", context)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.unit_page(request.user, unit_or_404(request, pk))
    return render(request, "organisation/units/detail.html", {"page": page, "unit": page.unit})


@writes
def establish(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.ORGANISATION_MANAGE))
    form = EstablishForm(request.POST or None, person=request.user, initial={"parent": request.GET.get("under")})
    if form.performs(operations.establish_unit, by=request.user):
        return done(request, _("%(unit)s är inrättad.") % {"unit": form.result}, form.result)
    return form_page(
        request,
        form,
        heading=_("Inrätta en enhet"),
        submit=_("Inrätta enheten"),
        cancel_url=reverse("units:tree"),
        crumbs=[(_("Organisation"), reverse("units:tree"))],
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    unit = unit_or_404(request, pk)
    require(rules.may_manage(request.user, unit))
    form = ChangeForm(request.POST or None, instance=unit)
    if form.performs(operations.change_unit, unit=unit, by=request.user):
        return done(request, _("Ändringen är sparad."), unit)
    return form_page(
        request, form, heading=_("Rätta namn eller beteckning"), submit=_("Spara ändringen"), **beside(unit)
    )


def unit_or_404(request: HttpRequest, pk: int) -> Unit:
    return one_or_404(request, queries.units_visible_to, pk)


def beside(unit: Unit) -> dict:
    here = unit.get_absolute_url()
    return {
        "intro": unit.name,
        "cancel_url": here,
        "crumbs": [(_("Organisation"), reverse("units:tree")), (unit.name, here)],
    }
