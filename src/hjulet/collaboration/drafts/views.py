from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hjulet.base.pages import acts, done
from hjulet.collaboration.drafts import operations, rules


@acts
def keep(request: HttpRequest) -> HttpResponse:
    """Sent by the script of a form page while the person writes."""
    operations.keep_draft(by=request.user, address=request.POST.get("address", ""), typed=dict(request.POST.lists()))
    return HttpResponse(status=204)


@acts
def throw_away(request: HttpRequest) -> HttpResponse:
    address = request.POST.get("address", "")
    operations.throw_away_draft(by=request.user, address=address)
    return done(request, _("Utkastet är kastat."), address) if rules.is_form(address) else redirect("/")
