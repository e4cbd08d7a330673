from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.pages import acts, done, form_page, reads, writes
from hjulet.collaboration.saved_views import operations, queries
from hjulet.collaboration.saved_views.forms import ViewForm
from hjulet.organisation.secrecy.pages import one_or_404


@reads
def index(request: HttpRequest) -> HttpResponse:
    views = queries.views_visible_to(request.user)
    return render(request, "collaboration/saved_views/index.html", {"views": views})


@writes
def save(request: HttpRequest) -> HttpResponse:
    """`adress` is the list as it stands, with its filters, order and columns."""
    form = ViewForm(request.POST or None, person=request.user, initial={"address": request.GET.get("adress", "")})
    if form.performs(operations.save_view, by=request.user):
        return done(request, _("Vyn är sparad."), form.result.get_absolute_url())
    return form_page(
        request,
        form,
        heading=_("Spara vyn"),
        intro=_("Filter, ordning och kolumner."),
        cancel_url=reverse("saved_views:list"),
    )


@acts
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    view = one_or_404(request, queries.views_visible_to, pk)
    operations.remove_view(view, by=request.user)
    return done(request, _("Vyn är borttagen."), "saved_views:list")
