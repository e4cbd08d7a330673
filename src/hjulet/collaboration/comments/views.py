from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, writes
from hjulet.collaboration.comments import operations, queries
from hjulet.collaboration.comments.forms import CommentForm
from hjulet.collaboration.targets import may_contribute, may_withdraw, target_visible_to, type_of_kind


@writes
def add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    target = target_visible_to(request.user, type_of_kind(kind), pk)
    if target is None:
        raise Http404
    require(may_contribute(request.user, target))
    form = CommentForm(request.POST or None)
    if form.performs(operations.comment_on, target=target, by=request.user):
        return done(request, _("Kommentaren är sparad."), target)
    return form_page(request, form, heading=_("Skriv en kommentar"), submit=_("Spara kommentaren"), **beside(target))


@writes
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    comment = queries.comment_visible_to(request.user, pk)
    if comment is None:
        raise Http404
    require(may_withdraw(request.user, comment, comment.target))
    form = ReasonForm(request.POST or None, label=_("Varför tas kommentaren tillbaka?"))
    if form.performs(operations.withdraw_comment, comment=comment, by=request.user):
        return done(request, _("Kommentaren är tillbakadragen."), comment.target)
    return form_page(
        request, form, heading=_("Ta tillbaka kommentaren"), submit=_("Ta tillbaka"), **beside(comment.target)
    )


def beside(target) -> dict:
    here = target.get_absolute_url()
    return {"intro": str(target), "cancel_url": here, "crumbs": [(str(target), here)]}
