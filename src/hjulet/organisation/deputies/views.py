from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.base.operations import require, require_no
from hjulet.base.pages import act, acts, done, form_page, writes
from hjulet.organisation.deputies import operations, queries, rules
from hjulet.organisation.deputies.forms import DeputyForm
from hjulet.organisation.secrecy.pages import one_or_404


@writes
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is of the role that somebody is to stand in for."""
    held = one_or_404(request, queries.assignments_to_deputise, pk)
    require(rules.may_give(request.user, held))
    require_no(rules.obstacle_to_deputising(held))
    here = held.person.get_absolute_url()
    form = DeputyForm(request.POST or None, by=request.user, assignment=held)
    if form.performs(operations.give_deputy, assignment=held, by=request.user):
        return done(request, _("%(name)s är utsedd till ersättare.") % {"name": form.result.person.name}, here)
    return form_page(
        request,
        form,
        heading=_("Välj ersättare"),
        submit=_("Utse ersättaren"),
        intro=str(held),
        cancel_url=here,
        crumbs=[(_("Personer"), reverse("people:list")), (held.person.name, here)],
    )


@acts
def end(request: HttpRequest, pk: int) -> HttpResponse:
    deputyship = one_or_404(request, queries.deputyships_visible_to, pk)
    is_leaving = deputyship.person_id == request.user.pk
    return act(
        request,
        operations.end_deputyship,
        deputyship,
        said=_("Ersättarskapet är avslutat."),
        leads_to=lambda ended: request.user if is_leaving else ended.assignment.person,
    )
