from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.operations import require
from hjulet.base.pages import acts, done, form_page, reads, writes
from hjulet.collaboration.notices import operations, queries, rules
from hjulet.collaboration.notices.forms import MailForm
from hjulet.collaboration.targets import target_visible_to, type_of_kind
from hjulet.organisation.secrecy.pages import one_or_404


@reads
def index(request: HttpRequest) -> HttpResponse:
    shown = queries.notices_page(request.user, request.GET.get("page", 1))
    return render(request, "collaboration/notices/index.html", {"shown": shown})


@acts
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, and on to what it is about."""
    notice = get_object_or_404(queries.notices_of(request.user).select_related("target_type"), pk=pk)
    target = operations.open_notice(notice, by=request.user)
    if target is None:
        return done(request, _("Du kan inte längre se det som notisen gällde."), "notices:list")
    return redirect(target)


@acts
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    notice = one_or_404(request, queries.notices_of, pk)
    operations.mark_read(notice, by=request.user)
    return redirect("notices:list")


@acts
def mark_all_read(request: HttpRequest) -> HttpResponse:
    operations.mark_all_read(by=request.user)
    return done(request, _("Alla notiser är lästa."), "notices:list")


@writes
def choose_mail(request: HttpRequest) -> HttpResponse:
    form = MailForm(request.POST or None, initial=queries.mail_choices_of(request.user))
    if form.performs(operations.choose_mail, by=request.user):
        return done(request, _("Ditt val är sparat."), "people:account")
    return form_page(
        request,
        form,
        heading=_("Mejl om notiser"),
        submit=_("Spara valet"),
        cancel_url=reverse("people:account"),
        intro=_("Notiserna finns alltid här i Kvalitetshjulet. Välj vilka du också vill få som mejl."),
        crumbs=[(_("Mitt konto"), reverse("people:account"))],
    )


@reads
def undelivered(request: HttpRequest) -> HttpResponse:
    """Whose mail the server refuses: a part of the clock's page, or a page of its own without script."""
    require(rules.may_see_undelivered(request.user))
    page = "collaboration/notices/undelivered.html"
    people = queries.people_whose_mail_is_refused(request.user, timezone.now())
    return render(request, f"{page}#panel" if request.htmx else page, {"people": people})


@reads
def panel(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What has been told about a row: a part of its page, or a page of its own without script."""
    target = target_visible_to(request.user, type_of_kind(kind), pk)
    if target is None:
        raise Http404
    template = "collaboration/notices/panel.html#panel" if request.htmx else "collaboration/notices/panel.html"
    return render(request, template, {"target": target, "reminders": queries.reminders_about(target)})
