from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hjulet.base.disclosing import disclose_marked
from hjulet.base.forms.performing import ReasonForm
from hjulet.base.operations import require
from hjulet.base.pages import discloses, done, form_page, writes
from hjulet.collaboration.attachments import operations, queries
from hjulet.collaboration.attachments.forms import AttachmentForm
from hjulet.collaboration.attachments.models import Attachment
from hjulet.collaboration.targets import may_contribute, may_withdraw, target_visible_to, type_of_kind


@writes
def add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    target = target_visible_to(request.user, type_of_kind(kind), pk)
    if target is None:
        raise Http404
    require(may_contribute(request.user, target))
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if form.performs(operations.attach, target=target, by=request.user):
        return done(request, _("Filen är bifogad."), target)
    return form_page(request, form, heading=_("Bifoga en fil"), submit=_("Bifoga filen"), **beside(target))


@discloses
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Always as a file to save: nothing that someone has uploaded opens inside our pages."""
    attachment = attachment_or_404(request, pk)
    disclose_marked(request, [attachment.target], "file")
    return FileResponse(
        queries.content_of(attachment),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.media_type,
    )


@writes
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    attachment = attachment_or_404(request, pk)
    require(may_withdraw(request.user, attachment, attachment.target))
    form = ReasonForm(request.POST or None, label=_("Varför tas filen tillbaka?"))
    if form.performs(operations.withdraw_attachment, attachment=attachment, by=request.user):
        return done(request, _("Filen är tillbakadragen."), attachment.target)
    return form_page(
        request, form, heading=_("Ta tillbaka filen"), submit=_("Ta tillbaka"), **beside(attachment.target)
    )


def attachment_or_404(request: HttpRequest, pk: int) -> Attachment:
    attachment = queries.attachment_visible_to(request.user, pk)
    if attachment is None:
        raise Http404
    return attachment


def beside(target) -> dict:
    here = target.get_absolute_url()
    return {"intro": str(target), "cancel_url": here, "crumbs": [(str(target), here)]}
