from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, shown_once, writes
from hjulet.base.table_pages import table_page
from hjulet.organisation.people import operations, queries, rules
from hjulet.organisation.people.forms import LanguageForm, NewPersonForm, PeopleFilters, PersonForm
from hjulet.organisation.people.models import Person
from hjulet.organisation.people.tables import PEOPLE
from hjulet.organisation.secrecy.pages import one_or_404


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = PeopleFilters(request.GET, queries.people_with_roles, request=request)
    may_add = rules.may_add(request.user)
    context = {"may_add": may_add}
    return table_page(request, PEOPLE, filters, "organisation/people/index.html", context, may_change=may_add)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.person_page(request.user, person_or_404(request, pk))
    return render(request, "organisation/people/detail.html", {"page": page, "person": page.person})


@reads
def account(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(initial={"language": get_language()})
    account = queries.account_of(request.user)
    return render(request, "organisation/people/account.html", {"account": account, "form": form})


@reads
def stay(request: HttpRequest) -> HttpResponse:
    """Asked for by the script of a page that has stood open for long: any page moves the end of the session."""
    return HttpResponse(status=204)


@acts
def choose_language(request: HttpRequest) -> HttpResponse:
    """Kept in a cookie of this browser, as the language of a shared phone is not one person's."""
    response = redirect("people:account")
    form = LanguageForm(request.POST)
    if form.is_valid():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@never_cache
@writes
def add(request: HttpRequest) -> HttpResponse:
    require(rules.may_add(request.user))
    form = NewPersonForm(request.POST or None)
    if form.performs(operations.add_person, by=request.user):
        person, password = form.result
        sentence = _(
            "Personen är tillagd, och engångslösenordet stod i det första svaret. Hann du inte läsa det? "
            "Välj Ge nytt engångslösenord."
        )
        return shown_once(show_once(request, person, password), sentence, person)
    return form_page(
        request,
        form,
        heading=_("Lägg till en person"),
        submit=_("Lägg till personen"),
        cancel_url=reverse("people:list"),
        crumbs=[(_("Personer"), reverse("people:list"))],
    )


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    require(rules.may_manage(request.user, person))
    form = PersonForm(request.POST or None, instance=person)
    if form.performs(operations.change_person, person=person, by=request.user):
        return done(request, _("Ändringen är sparad."), person)
    return form_page(request, form, heading=_("Ändra uppgifterna"), submit=_("Spara ändringen"), **beside(person))


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(rules.may_add(request.user))
    return read_in_page(
        request,
        PEOPLE,
        queries.people_with_roles(request.user),
        form=lambda person: PersonForm(instance=person),
        change=operations.change_person,
        back="people:list",
    )


@never_cache
@acts
def give_password(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    return show_once(request, person, operations.give_new_one_time_password(person, by=request.user))


@writes
def remove_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    require(rules.may_manage(request.user, person))
    form = ReasonForm(request.POST or None, label=_("Varför tas andra steget bort?"))
    if form.performs(operations.remove_second_step, person=person, by=request.user):
        return done(request, _("Andra steget är borttaget. Personen loggar in med bara lösenord."), person)
    return form_page(request, form, heading=_("Ta bort andra steget"), **beside(person))


@writes
def unlink_login(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    require(rules.may_manage(request.user, person))
    form = ReasonForm(request.POST or None, label=_("Varför kopplas inloggningen loss?"))
    if form.performs(operations.unlink_login, person=person, by=request.user):
        return done(
            request, _("Inloggningen är losskopplad. Nästa gång känns personen igen på e-postadressen."), person
        )
    return form_page(request, form, heading=_("Koppla loss inloggningen"), **beside(person))


@writes
def stop_login(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    require(rules.may_manage(request.user, person))
    form = ReasonForm(request.POST or None, label=_("Varför stängs inloggningen?"))
    if form.performs(operations.stop_login, person=person, by=request.user):
        return done(request, _("%(name)s kan inte längre logga in.") % {"name": person.name}, person)
    return form_page(request, form, heading=_("Stäng inloggningen"), **beside(person))


@acts
def allow_login(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    return act(request, operations.allow_login, person, said=_("Inloggningen är öppen igen."))


def show_once(request: HttpRequest, person: Person, password: str) -> HttpResponse:
    """The only time that anyone sees the password: no redirect, so that it is kept nowhere on the way."""
    context = {"person": person, "password": password}
    return render(request, "organisation/people/one_time_password.html", context)


def person_or_404(request: HttpRequest, pk: int) -> Person:
    return one_or_404(request, queries.people_visible_to, pk)


def beside(person: Person) -> dict:
    here = person.get_absolute_url()
    return {
        "intro": person.name,
        "cancel_url": here,
        "crumbs": [(_("Personer"), reverse("people:list")), (person.name, here)],
    }
