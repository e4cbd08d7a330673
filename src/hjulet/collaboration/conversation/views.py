from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hjulet.base.disclosing import disclose_marked
from hjulet.base.pages import discloses
from hjulet.collaboration.targets import target_visible_to, type_of_kind


@discloses
def panel(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Comments and attachments as a part of the row's page, or a page of its own without script."""
    target = target_visible_to(request.user, type_of_kind(kind), pk)
    if target is None:
        raise Http404
    disclose_marked(request, [target], "page")
    template = "collaboration/panel.html" if request.htmx else "collaboration/conversation.html"
    return render(request, template, {"target": target})
