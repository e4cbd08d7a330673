from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hjulet.base.operations import require
from hjulet.base.pages import done, reads, shown_once, writes
from hjulet.base.table_pages import EXCEL, as_download
from hjulet.organisation.importing import sheets
from hjulet.organisation.importing.forms import OrganisationFileForm
from hjulet.organisation.importing.operations import import_organisation
from hjulet.organisation.people.rules import may_add


@reads
def template(request: HttpRequest) -> HttpResponse:
    require(may_add(request.user))
    return as_download(sheets.template(), "organisation-mall.xlsx", EXCEL)


@never_cache
@writes
def read_in(request: HttpRequest) -> HttpResponse:
    """One-time passwords are shown in the answer itself and kept nowhere."""
    require(may_add(request.user))
    form = OrganisationFileForm(request.POST or None, request.FILES or None)
    if not form.performs(import_organisation, by=request.user):
        context = {"form": form, "sheets": sheets.SHEETS}
        return render(request, "organisation/importing/upload.html", context, status=422 if form.errors else 200)
    if form.result.is_check:
        return render(request, "organisation/importing/preview.html", {"form": form, "result": form.result})
    if form.result.passwords:
        answer = render(request, "organisation/importing/passwords.html", {"passwords": form.result.passwords})
        sentence = _(
            "Filen är inläst, och engångslösenorden stod i det första svaret. Hann du inte skriva upp dem? "
            "Öppna var och en av personerna och välj Ge nytt engångslösenord."
        )
        return shown_once(answer, sentence, "people:list")
    return done(request, _("Filen är inläst."), "units:tree")
